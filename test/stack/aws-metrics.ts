/** Metrics of AWS that alarms and dashboards may name: namespace → metric → the dimensions that it is kept under. */
export const awsMetrics: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'AWS/ApiGateway': {
    Count: ['ApiId'],
    '4xx': ['ApiId'],
    '5xx': ['ApiId'],
    Latency: ['ApiId'],
  },
  'AWS/Lambda': {
    Errors: ['FunctionName'],
    Throttles: ['FunctionName'],
    Invocations: ['FunctionName'],
    IteratorAge: ['FunctionName'],
    // Without a dimension: of the whole account in the Region.
    ConcurrentExecutions: ['FunctionName', ''],
  },
  'AWS/SQS': { ApproximateNumberOfMessagesVisible: ['QueueName'] },
  'AWS/States': {
    ExecutionsStarted: ['StateMachineArn'],
    ExecutionsFailed: ['StateMachineArn'],
    ExecutionsTimedOut: ['StateMachineArn'],
    ExecutionsAborted: ['StateMachineArn'],
  },
  'AWS/Scheduler': { InvocationDroppedCount: ['ScheduleGroup'] },
  'AWS/Events': { FailedInvocations: ['EventBusName,RuleName', 'RuleName'] },
  // Of the whole account in the Region.
  'AWS/SES': { 'Reputation.BounceRate': [''], 'Reputation.ComplaintRate': [''] },
  'AWS/Firehose': { 'DeliveryToS3.DataFreshness': ['DeliveryStreamName'] },
  'AWS/DynamoDB': {
    ConsumedReadCapacityUnits: ['TableName', 'GlobalSecondaryIndexName,TableName'],
    ConsumedWriteCapacityUnits: ['TableName', 'GlobalSecondaryIndexName,TableName'],
    ReadThrottleEvents: ['TableName', 'GlobalSecondaryIndexName,TableName'],
    WriteThrottleEvents: ['TableName', 'GlobalSecondaryIndexName,TableName'],
    SystemErrors: ['Operation,TableName'],
    TransactionConflict: ['TableName'],
  },
}
