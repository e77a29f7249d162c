import { openShards } from '../../lambdas/store/keys.ts'
import { caught, choice, fail, type State, task, wait } from './states.ts'

export interface MigrationFunctions {
  readonly planCampaign: string
  readonly tellTeams: string
  readonly finishStep: string
}

/**
 * A migration campaign, from its opening to after its deadline. Input: `{campaignId}`. The functions (given by ARN)
 * decide the actions and the recipients. They read the campaign and its progress from the table each time.
 */
export function migrationDefinition(functions: MigrationFunctions): State {
  return {
    Comment: 'Notifies the teams that do not comply, on each current date of a campaign',
    StartAt: 'PlanCampaign',
    States: {
      PlanCampaign: task(functions.planCampaign, { next: 'WhatToDo', failed: 'CampaignFailed' }),
      WhatToDo: choice({ wait: 'WaitAndAskAgain', tell: 'TellShards', done: 'CampaignDone' }),
      WaitAndAskAgain: wait('PlanCampaign'),
      TellShards: {
        Type: 'Map',
        ItemsPath: '$.shards',
        MaxConcurrency: openShards,
        ItemProcessor: tellShard(functions.tellTeams),
        ResultPath: null,
        Catch: caught('CampaignFailed'),
        Next: 'FinishStep',
      },
      FinishStep: task(functions.finishStep, { next: 'PlanCampaign', failed: 'CampaignFailed' }),
      CampaignDone: { Type: 'Succeed' },
      CampaignFailed: fail('CampaignFailed'),
    },
  }
}

function tellShard(tellTeams: string): State {
  return {
    ProcessorConfig: { Mode: 'INLINE' },
    StartAt: 'TellTeams',
    States: {
      TellTeams: task(tellTeams, { next: 'IsShardTold', failed: 'ShardFailed' }),
      // Moved dates also end the shard. The plan then decides the next action.
      IsShardTold: choice({ more: 'TellTeams', told: 'ShardTold', moved: 'ShardTold' }),
      ShardTold: { Type: 'Succeed' },
      ShardFailed: fail('ShardFailed'),
    },
  }
}
