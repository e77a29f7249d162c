import { Stack, type StackProps } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { envNames } from '../lambdas/runtime/env.ts'
import type { Config } from './config.ts'
import { Handler } from './constructs/handler.ts'
import { migrationDefinition } from './constructs/migration-definition.ts'
import { paymentRecoveryDefinition } from './constructs/payment-recovery-definition.ts'
import type { DeadLetters } from './constructs/redrive-access.ts'
import { Scheduled } from './constructs/scheduled.ts'
import { Workflow } from './constructs/workflow.ts'
import type { WorkflowFunction } from './functions.ts'

export interface WorkflowStackProps extends StackProps {
  readonly config: Config
  /** Folder with a bundle per function. */
  readonly bundles: string
  readonly table: ITable
}

/** Processes that take days: campaigns and payment recovery. It stores only data that the table contains, too. */
export class WorkflowStack extends Stack {
  readonly deadLetters: readonly DeadLetters[]

  constructor(scope: Construct, id: string, props: WorkflowStackProps) {
    super(scope, id, props)
    const add = (construct: string, name: WorkflowFunction) =>
      new Handler(this, construct, { ...props, name })
    const starter = add('StartWorkflows', 'start-workflows')
    this.addMigration(props.config, add).grantStart(starter, envNames.migrationArn)
    this.addPaymentRecovery(props.config, add).grantStart(starter, envNames.paymentRecoveryArn)
    const starts = new Scheduled(this, 'Starts', { handler: starter, schedules: { Hourly: 'rate(1 hour)' } })
    this.deadLetters = [starts.deadLetters]
  }

  private addMigration(config: Config, add: AddHandler): Workflow {
    const plan = add('PlanCampaign', 'plan-campaign')
    const tell = add('TellTeams', 'tell-teams')
    const finish = add('FinishStep', 'finish-step')
    const definition = migrationDefinition({
      planCampaign: plan.lambda.functionArn,
      tellTeams: tell.lambda.functionArn,
      finishStep: finish.lambda.functionArn,
    })
    return new Workflow(this, 'Migration', { config, tasks: [plan, tell, finish], definition })
  }

  private addPaymentRecovery(config: Config, add: AddHandler): Workflow {
    const recover = add('RecoverPayment', 'recover-payment')
    const definition = paymentRecoveryDefinition({ recoverPayment: recover.lambda.functionArn })
    return new Workflow(this, 'PaymentRecovery', { config, tasks: [recover], definition })
  }
}

type AddHandler = (construct: string, name: WorkflowFunction) => Handler
