import type { Sent } from './recorder.ts'
import type { Access } from './roles.ts'
import { account, type Templates } from './templates.ts'

type Body = Sent['body']
type ArnOf = (name: unknown) => string

/** Accesses that IAM demands for a request to AWS: one, or one per item. */
const forms: Readonly<Record<string, (body: Body, arnOf: ArnOf) => readonly Access[]>> = {
  'DynamoDB_20120810.TransactWriteItems': ({ TransactItems }, arnOf) =>
    list(TransactItems).flatMap((item) =>
      Object.entries(item).map(([kind, part]) => ({
        action: `dynamodb:${kind === 'ConditionCheck' ? 'ConditionCheckItem' : `${kind}Item`}`,
        resource: arnOf((part as Body).TableName),
      })),
    ),
  'DynamoDB_20120810.TransactGetItems': ({ TransactItems }, arnOf) =>
    list(TransactItems).map(({ Get }) => ({
      action: 'dynamodb:GetItem',
      resource: arnOf((Get as Body).TableName),
    })),
  'DynamoDB_20120810.BatchGetItem': ({ RequestItems }, arnOf) =>
    Object.keys(RequestItems as Body).map((table) => ({
      action: 'dynamodb:BatchGetItem',
      resource: arnOf(table),
    })),
  'DynamoDB_20120810.BatchWriteItem': ({ RequestItems }, arnOf) =>
    Object.keys(RequestItems as Body).map((table) => ({
      action: 'dynamodb:BatchWriteItem',
      resource: arnOf(table),
    })),
  'AWSEvents.PutEvents': ({ Entries }, arnOf) =>
    list(Entries).map(({ EventBusName }) => ({
      action: 'events:PutEvents',
      resource: arnOf(EventBusName),
    })),
  'AWSStepFunctions.StartExecution': ({ stateMachineArn }, arnOf) => [
    { action: 'states:StartExecution', resource: arnOf(stateMachineArn) },
  ],
  'AWSStepFunctions.ListExecutions': ({ stateMachineArn }, arnOf) => [
    { action: 'states:ListExecutions', resource: arnOf(stateMachineArn) },
  ],
  'secretsmanager.GetSecretValue': ({ SecretId }, arnOf) => [
    { action: 'secretsmanager:GetSecretValue', resource: arnOf(SecretId) },
  ],
  'Firehose_20150804.PutRecordBatch': ({ DeliveryStreamName }, arnOf) => [
    { action: 'firehose:PutRecordBatch', resource: arnOf(DeliveryStreamName) },
  ],
  'POST /v2/email/outbound-emails': ({ FromEmailAddress }) => [
    { action: 'ses:SendEmail', resource: `arn:aws:ses:us-east-1:${account}:identity/${FromEmailAddress}` },
  ],
}

/** Accesses that a request needs from IAM. Throws for an unknown call, which needs a form above. */
export function accessesOf({ target, body }: Sent, templates: Templates): readonly Access[] {
  const arnOf: ArnOf = (name) => templates.arnOf(String(name).split(/[:/]/).at(-1) ?? '')
  const form = forms[target]
  if (form !== undefined) return form(body, arnOf)
  const [, called] = /^POST \/2015-03-31\/functions\/(.+)\/invocations$/.exec(target) ?? []
  if (called !== undefined)
    return [{ action: 'lambda:InvokeFunction', resource: arnOf(decodeURIComponent(called)) }]
  const [service, action] = target.split('.')
  if (service === 'AmazonSQS') return [{ action: `sqs:${action}`, resource: arnOf(body.QueueUrl) }]
  if (service !== 'DynamoDB_20120810') throw new Error(`what does ${target} ask of IAM?`)
  const index = body.IndexName === undefined ? '' : `/index/${body.IndexName}`
  return [{ action: `dynamodb:${action}`, resource: `${arnOf(body.TableName)}${index}` }]
}

function list(value: unknown): readonly Body[] {
  return value as readonly Body[]
}
