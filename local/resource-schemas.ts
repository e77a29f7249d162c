import * as v from 'valibot'

// The schemas are strict: an unlisted property would change the behaviour on AWS, so it must not be ignored
// here.

const accepted = v.optional(v.unknown())

const DeadLetterConfig = v.optional(v.object({ Arn: v.string() }))

const KeySchema = v.array(v.object({ AttributeName: v.string(), KeyType: v.picklist(['HASH', 'RANGE']) }))

export const TableProperties = v.strictObject({
  AttributeDefinitions: v.array(
    v.object({ AttributeName: v.string(), AttributeType: v.picklist(['S', 'N', 'B']) }),
  ),
  KeySchema,
  BillingMode: v.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: v.optional(
    v.array(
      v.strictObject({
        IndexName: v.string(),
        KeySchema,
        OnDemandThroughput: accepted,
        Projection: v.object({
          ProjectionType: v.string(),
          NonKeyAttributes: v.optional(v.array(v.string())),
        }),
      }),
    ),
  ),
  StreamSpecification: v.optional(v.strictObject({ StreamViewType: v.string() })),
  // The embedded engine does not delete expired items, and nothing depends on deletion.
  TimeToLiveSpecification: v.optional(v.strictObject({ AttributeName: v.string(), Enabled: v.boolean() })),
  // No effect on a file on one machine.
  PointInTimeRecoverySpecification: accepted,
  SSESpecification: accepted,
  DeletionProtectionEnabled: accepted,
  OnDemandThroughput: accepted,
})

export const FunctionProperties = v.strictObject({
  Code: v.object({ S3Key: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}\.zip$/)) }),
  Environment: v.optional(v.strictObject({ Variables: v.record(v.string(), v.string()) })),
  Handler: v.literal('index.handler'),
  Runtime: v.literal('nodejs24.x'),
  Timeout: v.number(),
  Description: accepted,
  Architectures: accepted,
  LoggingConfig: accepted,
  MemorySize: accepted,
  Role: accepted,
  TracingConfig: accepted,
})

export const ApiProperties = v.strictObject({ Name: v.string(), ProtocolType: v.literal('HTTP') })

export const Throttling = v.strictObject({
  ThrottlingRateLimit: v.number(),
  ThrottlingBurstLimit: v.number(),
})

export const StageProperties = v.strictObject({
  ApiId: v.string(),
  StageName: v.literal('$default'),
  AutoDeploy: v.literal(true),
  DefaultRouteSettings: v.optional(Throttling),
  RouteSettings: v.optional(v.record(v.string(), Throttling), {}),
  AccessLogSettings: accepted,
})

export const RouteProperties = v.strictObject({
  ApiId: v.string(),
  RouteKey: v.pipe(
    v.string(),
    v.regex(/^(GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS|ANY) (\/([^/{}+]+|\{\w+\}))+$/),
  ),
  Target: v.pipe(v.string(), v.regex(/^integrations\/\w+$/)),
  AuthorizationType: v.picklist(['JWT', 'NONE']),
  AuthorizerId: v.optional(v.string()),
})

export const IntegrationProperties = v.strictObject({
  ApiId: v.string(),
  IntegrationType: v.literal('AWS_PROXY'),
  IntegrationUri: v.string(),
  PayloadFormatVersion: v.literal('2.0'),
  /** API Gateway's longest, and its default. */
  TimeoutInMillis: v.optional(v.pipe(v.number(), v.minValue(50), v.maxValue(30_000)), 30_000),
})

export const AuthorizerProperties = v.strictObject({
  ApiId: v.string(),
  Name: v.string(),
  AuthorizerType: v.literal('JWT'),
  IdentitySource: v.strictTuple([v.literal('$request.header.Authorization')]),
  JwtConfiguration: v.strictObject({ Issuer: v.string(), Audience: v.array(v.string()) }),
})

export const MappingProperties = v.strictObject({
  EventSourceArn: v.string(),
  FunctionName: v.string(),
  BatchSize: v.number(),
  StartingPosition: v.literal('TRIM_HORIZON'),
  FilterCriteria: v.optional(v.strictObject({ Filters: v.array(v.strictObject({ Pattern: v.string() })) })),
  FunctionResponseTypes: v.optional(v.array(v.literal('ReportBatchItemFailures'))),
  BisectBatchOnFunctionError: v.optional(v.boolean()),
  MaximumRetryAttempts: v.number(),
  // Waiting for fuller batches saves money on AWS. Here, records are delivered at once.
  MaximumBatchingWindowInSeconds: accepted,
  // The engine's one shard is read batch after batch: consumers keep up on one machine.
  ParallelizationFactor: accepted,
  // Records that fail after all retries go to a file, which the queue's calls read.
  DestinationConfig: v.optional(v.object({ OnFailure: v.object({ Destination: v.string() }) })),
})

export const ScheduleProperties = v.strictObject({
  ScheduleExpression: v.string(),
  ScheduleExpressionTimezone: v.literal('UTC'),
  FlexibleTimeWindow: v.strictObject({ Mode: v.literal('OFF') }),
  Target: v.strictObject({
    Arn: v.string(),
    Input: v.optional(v.string()),
    RoleArn: accepted,
    DeadLetterConfig,
    RetryPolicy: accepted,
  }),
})

export const StateMachineProperties = v.strictObject({
  DefinitionString: v.string(),
  StateMachineType: v.literal('STANDARD'),
  RoleArn: accepted,
  LoggingConfiguration: accepted,
  TracingConfiguration: accepted,
})

export const SecretProperties = v.strictObject({
  GenerateSecretString: v.strictObject({
    SecretStringTemplate: v.string(),
    GenerateStringKey: v.string(),
    PasswordLength: v.number(),
    ExcludePunctuation: v.literal(true),
  }),
  Description: accepted,
  // No effect on a file on one machine.
  KmsKeyId: accepted,
})

export const QueueProperties = v.object({})

export const EventBusProperties = v.strictObject({ Name: v.string() })

// Here every event is a line of a file.
export const ArchiveProperties = v.object({ SourceArn: v.string() })

export const RuleProperties = v.strictObject({
  EventBusName: v.string(),
  EventPattern: v.record(v.string(), v.unknown()),
  State: v.literal('ENABLED'),
  Targets: v.array(
    v.strictObject({
      Id: v.string(),
      Arn: v.string(),
      // The event is retried a few times and then goes to a file.
      DeadLetterConfig,
      RetryPolicy: accepted,
    }),
  ),
})

// The caller retries a failed invocation here, and stores it after the last try.
export const InvokeConfigProperties = v.strictObject({
  FunctionName: v.string(),
  Qualifier: v.literal('$LATEST'),
  MaximumRetryAttempts: v.number(),
  DestinationConfig: accepted,
})

export const DeliveryStreamProperties = v.strictObject({
  DeliveryStreamType: v.literal('DirectPut'),
  DeliveryStreamEncryptionConfigurationInput: accepted,
  ExtendedS3DestinationConfiguration: v.strictObject({
    Prefix: v.pipe(v.string(), v.regex(/^[\w/=-]*!\{timestamp:yyyy-MM-dd\}\/$/)),
    FileExtension: v.string(),
    CompressionFormat: v.literal('GZIP'),
    BucketARN: accepted,
    RoleARN: accepted,
    ErrorOutputPrefix: accepted,
    CloudWatchLoggingOptions: accepted,
    EncryptionConfiguration: accepted,
    // Fuller objects save money on AWS. Here every call writes a file at once.
    BufferingHints: accepted,
  }),
})
