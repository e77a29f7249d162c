import { type ArnComponents, ArnFormat, Aws, Duration, Stack, Validations } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { AccountPrincipal, CompositePrincipal, Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam'
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { dueIndex, journalIndex, openIndex } from '../../lambdas/store/keys.ts'
import type { Config } from '../config.ts'
import { entriesFolder } from './archive-delivery.ts'
import { archiveNames, entriesTable } from './archive-table.ts'
import { CustomerKey } from './customer-key.ts'

export interface BreakGlassProps {
  readonly config: Pick<Config, 'stage' | 'breakGlassPrincipals'>
  readonly table: ITable
  readonly archive: Bucket
}

/** Names of a stage's stacks after the stage. A pattern with the stage alone would also match a stage `prod-eu`. */
const stacks = [
  'Data',
  'Identity',
  'Api',
  'Workflows',
  'Events',
  'Archive',
  'Site',
  'Operations',
  'Observability',
] as const

const sessionTime = Duration.hours(1)

/** CloudTrail reports a role in the Region of the request, and only this Region listens. */
const askedHere = { StringEquals: { 'aws:RequestedRegion': Aws.REGION } }

/** IAM users who gave their second factor within the last hour. */
const withSecondFactor = new AccountPrincipal(Aws.ACCOUNT_ID).withConditions({
  ...askedHere,
  Bool: { 'aws:MultiFactorAuthPresent': 'true' },
  NumericLessThan: { 'aws:MultiFactorAuthAge': String(sessionTime.toSeconds()) },
})

/** People with single sign-on. Their sessions do not show a second factor, so their role must guarantee it. */
const withRole = (roleArns: readonly string[]) =>
  new AccountPrincipal(Aws.ACCOUNT_ID).withConditions({
    ...askedHere,
    ArnLike: { 'aws:PrincipalArn': [...roleArns] },
  })

type StageNames = Pick<ArnComponents, 'service' | 'resource' | 'arnFormat'> & { readonly name: string }

/**
 * A role for emergencies. A person of the account, with a second factor or with a role from the settings, may read
 * table, logs and archive for an hour. The role can write nothing and read no secret.
 */
export class BreakGlass extends Construct {
  readonly role: Role

  constructor(scope: Construct, id: string, props: BreakGlassProps) {
    super(scope, id)
    const { stage, breakGlassPrincipals: principals } = props.config
    this.role = new Role(this, 'Role', {
      assumedBy:
        principals === undefined
          ? withSecondFactor
          : new CompositePrincipal(withSecondFactor, withRole(principals)),
      maxSessionDuration: sessionTime,
      description: 'Reads table, logs and archive in an emergency. Its use notifies the people on call.',
    })
    this.allowReading(props)
    for (const service of ['dynamodb', 's3'] as const)
      CustomerKey.of(this)?.grantReadThrough(service, this.role)
    this.allowNames(stage)
    this.allowLogs(stage)
    this.allowQueries(stage)
    this.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['secretsmanager:*', 'ssm:GetParameter*'],
        resources: ['*'],
      }),
    )
  }

  private allowReading({ table, archive }: BreakGlassProps): void {
    const indexes = [journalIndex, dueIndex, openIndex].map((index) => `${table.tableArn}/index/${index}`)
    const reading = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'DescribeTable']
    this.allow(
      reading.map((action) => `dynamodb:${action}`),
      [table.tableArn],
    )
    this.allow(['dynamodb:Query', 'dynamodb:Scan'], indexes)
    this.allow(['s3:ListBucket', 's3:GetBucketLocation'], [archive.bucketArn])
    this.allow(['s3:GetObject'], [archive.arnForObjects(`${entriesFolder}/*`)])
    const bucket = Stack.of(archive)
    const bucketId = bucket.getLogicalId(archive.node.defaultChild as CfnBucket)
    this.acknowledge(
      `${bucket.stackName}:ExportsOutputFnGetAtt${bucketId}Arn3FBD647E/${entriesFolder}/*`,
      'Firehose names the objects of the archive: all that can be said ahead is their folder.',
    )
  }

  /** Allows to read the stage's own log groups, whose names contain the stack's name. */
  private allowLogs(stage: string): void {
    const reading = ['FilterLogEvents', 'GetLogEvents', 'DescribeLogStreams', 'StartQuery', 'GetQueryResults']
    const groups = stacks.map((stack) => `Tollgate-${stage}-${stack}-*`)
    for (const name of [...groups, `/aws/vendedlogs/states/Tollgate-${stage}-Workflows-*`])
      this.allowStage(
        reading.map((action) => `logs:${action}`),
        { service: 'logs', resource: 'log-group', name, arnFormat: ArnFormat.COLON_RESOURCE_NAME },
      )
  }

  /** Allows to list the names of the stage's resources, which a reader must know first. */
  private allowNames(stage: string): void {
    const reading = ['DescribeStacks', 'DescribeStackResources', 'ListStackResources']
    for (const stack of stacks)
      this.allowStage(
        reading.map((action) => `cloudformation:${action}`),
        { service: 'cloudformation', resource: 'stack', name: `Tollgate-${stage}-${stack}/*` },
      )
  }

  private allowStage(actions: string[], { name, ...parts }: StageNames): void {
    this.allow(actions, [Stack.of(this).formatArn({ ...parts, resourceName: name })])
    const { service, resource, arnFormat } = parts
    const separator = arnFormat === ArnFormat.COLON_RESOURCE_NAME ? ':' : '/'
    this.acknowledge(
      `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${resource}${separator}${name}`,
      'A stack of the stage, or its log groups: CloudFormation ends their names.',
    )
  }

  /** Allows queries of the archive. The workgroup bounds their cost, and Athena stores their results. */
  private allowQueries(stage: string): void {
    const { workGroup, database } = archiveNames(stage)
    const arn = (service: string, resource: string, resourceName?: string) =>
      Stack.of(this).formatArn({ service, resource, ...(resourceName && { resourceName }) })
    this.allow(
      ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
      [arn('athena', 'workgroup', workGroup)],
    )
    const catalog = [arn('glue', 'catalog'), arn('glue', 'database', database)]
    this.allow(
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions'],
      [...catalog, arn('glue', 'table', `${database}/${entriesTable}`)],
    )
  }

  private acknowledge(resource: string, reason: string): void {
    Validations.of(this.role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason })
  }

  private allow(actions: string[], resources: string[]): void {
    this.role.addToPolicy(new PolicyStatement({ actions, resources }))
  }
}
