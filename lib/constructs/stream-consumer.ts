import { Duration } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { accountSortKey } from '../../lambdas/store/keys.ts'
import { streamBatchesAtOnce } from '../functions.ts'
import { addDeadLetters, keepFailures } from './dead-letters.ts'
import type { Handler } from './handler.ts'
import type { DeadLetters } from './redrive-access.ts'

export interface StreamConsumerProps {
  readonly handler: Handler
  readonly table: ITable
  /** Sort keys of the items whose changes call the function. Default: accounts. */
  readonly sortKeys?: readonly string[]
}

/**
 * Calls a function for every changed account. Only the account's item triggers it, because entries would trigger it
 * twice. `sortKeys` names other items that do.
 */
export class StreamConsumer extends Construct {
  readonly deadLetters: DeadLetters

  constructor(
    scope: Construct,
    id: string,
    { handler, table, sortKeys = [accountSortKey] }: StreamConsumerProps,
  ) {
    super(scope, id)
    const streamArn = table.tableStreamArn
    if (streamArn === undefined) throw new Error('The table has no stream to consume')
    const queue = addDeadLetters(this)
    this.deadLetters = { queue, handler }
    new EventSourceMapping(this, 'Mapping', {
      target: handler.lambda,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      parallelizationFactor: streamBatchesAtOnce,
      filters: [FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: FilterRule.or(...sortKeys) } } } })],
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 8,
      onFailure: keepFailures(queue),
    })
    handler.lambda.addToRolePolicy(readStream(streamArn))
  }
}

function readStream(streamArn: string): PolicyStatement {
  const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']
  return new PolicyStatement({
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [streamArn],
  })
}
