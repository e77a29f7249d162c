/** Allowances that nothing recorded needs, each with the reason why it must be there all the same. */
export const unrecorded: readonly {
  readonly role: RegExp
  readonly allowed: RegExp
  readonly reason: string
}[] = [
  {
    role: /^(OnAccountChanged|PublishEvents)/,
    allowed: /^dynamodb:ListStreams /,
    reason: 'Lambda asks for it when a mapping is made; IAM has no resource of it that could be recorded.',
  },
  {
    role: /^PlanCampaign/,
    allowed: /^dynamodb:PutItem /,
    reason: 'The first reader of the catalog of a fresh table loads it; here another function was first.',
  },
  {
    role: /^BreakGlass/,
    allowed: /./,
    reason: 'People take it, and no code: break-glass.test.ts holds it to what it may and may not do.',
  },
]

/** Roles whose policy is AWS's own. */
export const managed: readonly { readonly text: string; readonly reason: string }[] = [
  {
    text: 'CustomS3AutoDeleteObjects: AWSLambdaBasicExecutionRole',
    reason:
      "The CDK's own function that empties buckets when a stage that is not protected is destroyed: it may log.",
  },
  {
    text: 'CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C512MiBServiceRoleBA21DBC1: AWSLambdaBasicExecutionRole',
    reason: "The CDK's own function that copies the page's files while its stack is deployed: it may log.",
  },
  {
    text: 'AWS679f53fac002430cb0da5b7982bd2287ServiceRoleC1EA0FF2: AWSLambdaBasicExecutionRole',
    reason:
      "The CDK's own function that tells the page's client in Cognito where the page is, while the stack is deployed: it may log.",
  },
]

/** Actions that AWS only allows on everything, or on all of a kind. */
export const forcedWild: readonly { readonly allowed: RegExp; readonly reason: string }[] = [
  {
    allowed: /^xray:(PutTraceSegments|PutTelemetryRecords|GetSamplingRules|GetSamplingTargets) \*$/,
    reason: 'X-Ray has no resources that a policy could name.',
  },
  {
    allowed:
      /^logs:((Create|Get|Update|Delete)LogDelivery|ListLogDeliveries|PutResourcePolicy|Describe(ResourcePolicies|LogGroups)) \*$/,
    reason: 'Deliveries of logs by Step Functions have no resources that a policy could name.',
  },
  {
    allowed: /^logs:(CreateLogStream|PutLogEvents) arn:aws:logs:[^*]+:log-group:[A-Za-z0-9]+:\*$/,
    reason: 'The streams of one log group: the ARN of a log group ends so.',
  },
  {
    allowed:
      /^s3:(PutObject|GetObject|AbortMultipartUpload) arn:aws:s3:::archivebucket[a-z0-9]+\/(entries|undelivered)\/\*$/,
    reason: 'Firehose names its objects itself: all that can be said ahead is their two folders.',
  },
  {
    allowed:
      /^s3:((GetObject|GetBucket|List|DeleteObject|Abort)\*|PutObject\w*) arn:aws:s3:::(cdk-\w+-assets-[\w-]+|bucketfiles[a-z0-9]+)(\/\*)?$/,
    reason: "The CDK's own function copies the page's files from the CDK's bucket, whatever they are called.",
  },
  {
    allowed:
      /^logs:(FilterLogEvents|GetLogEvents|StartQuery|GetQueryResults|DescribeLogStreams) arn:aws:logs:[^*]+:log-group:(\/aws\/vendedlogs\/states\/)?Tollgate-(dev|prod)-[A-Z][a-z]+-\*$/,
    reason: 'The log groups of a stack of the stage: CloudFormation ends their names.',
  },
  {
    allowed: /^logs:(CreateDelivery|DeleteDelivery) arn:aws:logs:us-east-1:[^*]+:delivery:\*$/,
    reason: 'CloudWatch chooses the id of a delivery of logs; its source and its destination are named.',
  },
  {
    allowed:
      /^cloudformation:(DescribeStacks|DescribeStackResources|ListStackResources) arn:aws:cloudformation:[^*]+:stack\/Tollgate-(dev|prod)-[A-Z][a-z]+\/\*$/,
    reason: 'A stack of the stage: what follows its name is chosen by CloudFormation.',
  },
]
