import type { Access } from './roles.ts'
import { account, type Resource, type Templates } from './templates.ts'

export interface RoleAccess extends Access {
  /** Logical id of the role. */
  readonly roleId: string
}

/**
 * Accesses that AWS itself makes with roles of the templates. A test cannot record them, so they follow from the templates.
 * A tracing function sends segments, a function with a log group writes to it, a mapping reads its stream, and so on.
 */
export function serviceAccesses(templates: Templates): readonly RoleAccess[] {
  return [
    ...templates.ofType('AWS::Lambda::Function').flatMap((resource) => ofFunction(resource, templates)),
    ...templates
      .ofType('AWS::Lambda::EventSourceMapping')
      .flatMap((resource) => ofMapping(resource, templates)),
    ...templates
      .ofType('AWS::Lambda::EventInvokeConfig')
      .flatMap((resource) => ofInvokeConfig(resource, templates)),
    ...templates.ofType('AWS::Scheduler::Schedule').flatMap((resource) => ofSchedule(resource)),
    ...templates
      .ofType('AWS::KinesisFirehose::DeliveryStream')
      .flatMap((resource) => ofDeliveryStream(resource)),
    ...templates.ofType('AWS::StepFunctions::StateMachine').flatMap((resource) => ofStateMachine(resource)),
  ]
}

const lastPart = (arn: unknown): string => String(arn).split(/[:/]/).at(-1) ?? ''

const traceActions = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']

function ofFunction({ properties }: Resource, templates: Templates): readonly RoleAccess[] {
  const roleId = lastPart(properties.Role)
  const role = templates.ofType('AWS::IAM::Role').find(({ id }) => id === roleId)
  // A policy of AWS's own says it, and no template: which those are is another test's.
  if (role?.properties.ManagedPolicyArns !== undefined) return []
  const { Mode } = (properties.TracingConfig ?? {}) as { Mode?: string }
  const traces = Mode === 'Active' ? traceActions : []
  const { LogGroup } = (properties.LoggingConfig ?? {}) as { LogGroup?: string }
  const logs = LogGroup === undefined ? [] : ['logs:CreateLogStream', 'logs:PutLogEvents']
  const stream = logStreamArn(String(LogGroup), 'one')
  return [
    ...traces.map((action) => ({ roleId, action, resource: '*' })),
    ...logs.map((action) => ({ roleId, action, resource: stream })),
  ]
}

function roleOfFunction(name: unknown, templates: Templates): string {
  const found = templates.ofType('AWS::Lambda::Function').find(({ id }) => id === lastPart(name))
  if (found === undefined) throw new Error(`there is no function ${name}`)
  return lastPart(found.properties.Role)
}

function ofMapping({ properties }: Resource, templates: Templates): readonly RoleAccess[] {
  const roleId = roleOfFunction(properties.FunctionName, templates)
  const stream = String(properties.EventSourceArn)
  const reading = ['DescribeStream', 'GetRecords', 'GetShardIterator']
  return [
    ...reading.map((action) => ({ roleId, action: `dynamodb:${action}`, resource: stream })),
    ...onFailure(properties, roleId),
  ]
}

function ofInvokeConfig({ properties }: Resource, templates: Templates): readonly RoleAccess[] {
  return onFailure(properties, roleOfFunction(properties.FunctionName, templates))
}

function onFailure(properties: Resource['properties'], roleId: string): readonly RoleAccess[] {
  const { OnFailure } = (properties.DestinationConfig ?? {}) as { OnFailure?: { Destination: string } }
  return OnFailure === undefined
    ? []
    : [{ roleId, action: 'sqs:SendMessage', resource: OnFailure.Destination }]
}

interface ScheduleTarget {
  readonly Arn: string
  readonly RoleArn: string
  readonly DeadLetterConfig?: { readonly Arn: string }
}

function ofSchedule({ properties }: Resource): readonly RoleAccess[] {
  const { Arn, RoleArn, DeadLetterConfig } = properties.Target as ScheduleTarget
  const roleId = lastPart(RoleArn)
  const kept = DeadLetterConfig === undefined ? [] : [DeadLetterConfig.Arn]
  return [
    { roleId, action: 'lambda:InvokeFunction', resource: Arn },
    ...kept.map((resource) => ({ roleId, action: 'sqs:SendMessage', resource })),
  ]
}

interface S3Destination {
  readonly BucketARN: string
  readonly RoleARN: string
  readonly Prefix: string
  readonly ErrorOutputPrefix: string
  readonly CloudWatchLoggingOptions: { readonly LogGroupName: string; readonly LogStreamName: string }
}

/** Accesses of Firehose to deliver to S3, as its documentation lists them. */
function ofDeliveryStream({ properties }: Resource): readonly RoleAccess[] {
  const destination = properties.ExtendedS3DestinationConfiguration as S3Destination
  const { BucketARN, RoleARN, Prefix, ErrorOutputPrefix, CloudWatchLoggingOptions } = destination
  const roleId = lastPart(RoleARN)
  const { LogGroupName, LogStreamName } = CloudWatchLoggingOptions
  const objects = [Prefix, ErrorOutputPrefix].map(
    (prefix) => `${BucketARN}/${prefix.split('/')[0]}/day=1/object`,
  )
  const toObjects = ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload']
  const toBucket = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads']
  return [
    ...objects.flatMap((resource) => toObjects.map((action) => ({ roleId, action, resource }))),
    ...toBucket.map((action) => ({ roleId, action, resource: BucketARN })),
    { roleId, action: 'logs:PutLogEvents', resource: logStreamArn(LogGroupName, LogStreamName) },
  ]
}

const logStreamArn = (group: string, stream: string) =>
  `arn:aws:logs:us-east-1:${account}:log-group:${group}:log-stream:${stream}`

const logDelivery = [
  ...['Create', 'Get', 'Update', 'Delete'].map((verb) => `logs:${verb}LogDelivery`),
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]
const sampling = ['xray:GetSamplingRules', 'xray:GetSamplingTargets']

function ofStateMachine({ properties }: Resource): readonly RoleAccess[] {
  const roleId = lastPart(properties.RoleArn)
  const { States } = JSON.parse(String(properties.DefinitionString)) as { States: object }
  const tasks = [...JSON.stringify(States).matchAll(/"Resource":"(arn:aws:lambda:[^"]+)"/g)]
  const wide = [
    ...(properties.LoggingConfiguration === undefined ? [] : logDelivery),
    ...(properties.TracingConfiguration === undefined ? [] : [...traceActions, ...sampling]),
  ]
  return [
    ...tasks.map(([, resource = '']) => ({ roleId, action: 'lambda:InvokeFunction', resource })),
    ...wide.map((action) => ({ roleId, action, resource: '*' })),
  ]
}
