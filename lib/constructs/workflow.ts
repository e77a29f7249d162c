import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions'
import { Construct } from 'constructs'
import type { Config } from '../config.ts'
import type { Handler } from './handler.ts'
import type { State } from './states.ts'

export interface WorkflowProps {
  readonly config: Config
  /** The functions of its tasks, which are all that it may call. */
  readonly tasks: readonly Handler[]
  readonly definition: State
}

/** One standard state machine, with a log of its failures and a role that may call its tasks. */
export class Workflow extends Construct {
  readonly stateMachine: StateMachine

  constructor(scope: Construct, id: string, { config, tasks, definition }: WorkflowProps) {
    super(scope, id)
    const role = this.addRole(tasks)
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      stateMachineType: StateMachineType.STANDARD,
      role,
      logs: { destination: this.addLogs(config), level: LogLevel.ERROR, includeExecutionData: true },
      tracingEnabled: true,
    })
    Validations.of(this.stateMachine).acknowledge({
      id: 'AwsSolutions-SF1',
      reason:
        'Every event of a standard execution is kept by Step Functions for 90 days; the log holds what failed.',
    })
  }

  /** Allows a function to start executions and list them. The variable contains the state machine's ARN. */
  grantStart({ lambda }: Handler, variable: string): void {
    const { stateMachineArn } = this.stateMachine
    lambda.addEnvironment(variable, stateMachineArn)
    const actions = ['states:StartExecution', 'states:ListExecutions']
    lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [stateMachineArn] }))
  }

  private addLogs({ logDays }: Config): LogGroup {
    // Log delivery needs a group name with this prefix. Without it, the resource policy grows with every state machine.
    return new LogGroup(this, 'Logs', {
      logGroupName: `/aws/vendedlogs/states/${Stack.of(this).stackName}-${this.node.id}`,
      retention: logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
  }

  // `grantInvoke` adds the function's versions with a wildcard.
  private addRole(tasks: readonly Handler[]): Role {
    const account = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } }
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', { conditions: account }),
    })
    const resources = tasks.map(({ lambda }) => lambda.functionArn)
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }))
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Trace segments and log deliveries: neither has resources that a policy could name.',
    })
    return role
  }
}
