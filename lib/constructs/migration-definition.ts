import { caught, choice, fail, type State, task, wait } from './states.ts'

export interface MigrationFunctions {
  readonly planCampaign: string
  readonly tellTeams: string
  readonly finishStep: string
}

/** Shards of one step that are told at the same time. */
const shardsAtOnce = 4

/**
 * A migration campaign, from its opening to after its deadline. Input: `{campaignId}`. What to do, and whom to tell, is
 * said by the functions (given by ARN), which read the campaign and its progress from the table each time.
 */
export function migrationDefinition(functions: MigrationFunctions): State {
  return {
    Comment: 'Tells the teams that do not comply, on each date of a campaign as it stands then',
    StartAt: 'PlanCampaign',
    States: {
      PlanCampaign: task(functions.planCampaign, { next: 'WhatToDo', failed: 'CampaignFailed' }),
      WhatToDo: choice({ wait: 'WaitAndAskAgain', tell: 'TellShards', done: 'CampaignDone' }),
      WaitAndAskAgain: wait('PlanCampaign'),
      TellShards: {
        Type: 'Map',
        ItemsPath: '$.shards',
        MaxConcurrency: shardsAtOnce,
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
      // Moved dates end the shard, too: what is to be done then, the plan says.
      IsShardTold: choice({ more: 'TellTeams', told: 'ShardTold', moved: 'ShardTold' }),
      ShardTold: { Type: 'Succeed' },
      ShardFailed: fail('ShardFailed'),
    },
  }
}
