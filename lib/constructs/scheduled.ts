import { Duration, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { addDeadLetters, allowSend } from './dead-letters.ts'
import type { Handler } from './handler.ts'
import type { DeadLetters } from './redrive-access.ts'

export interface ScheduledProps {
  readonly handler: Handler
  /** Construct id → schedule expression, UTC. */
  readonly schedules: Readonly<Record<string, string>>
  /** Construct id → the function's input. Default: the scheduler's own. */
  readonly inputs?: Readonly<Record<string, object>>
}

/** Calls a function at some scheduled times, with retries for an hour and a dead-letter queue. */
export class Scheduled extends Construct {
  readonly deadLetters: DeadLetters

  constructor(scope: Construct, id: string, { handler, schedules, inputs = {} }: ScheduledProps) {
    super(scope, id)
    const queue = addDeadLetters(this)
    this.deadLetters = { queue, handler }
    const role = this.addRole(handler, queue)
    for (const [name, expression] of Object.entries(schedules)) {
      new CfnSchedule(this, name, {
        scheduleExpression: expression,
        scheduleExpressionTimezone: 'UTC',
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: handler.lambda.functionArn,
          roleArn: role.roleArn,
          ...(name in inputs && { input: JSON.stringify(inputs[name]) }),
          deadLetterConfig: { arn: queue.queueArn },
          retryPolicy: {
            maximumEventAgeInSeconds: Duration.hours(1).toSeconds(),
            maximumRetryAttempts: 10,
          },
        },
      })
    }
  }

  // `grantInvoke` and the L2 target both add the function's versions with a wildcard.
  private addRole(handler: Handler, deadLetters: Queue): Role {
    const account = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } }
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: account }),
    })
    const resources = [handler.lambda.functionArn]
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }))
    allowSend(deadLetters, role)
    return role
  }
}
