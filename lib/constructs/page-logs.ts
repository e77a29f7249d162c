import { ArnFormat, Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { Effect, PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { ILogGroup } from 'aws-cdk-lib/aws-logs'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  type AwsSdkCall,
  PhysicalResourceId,
  PhysicalResourceIdReference,
} from 'aws-cdk-lib/custom-resources'
import { Construct } from 'constructs'
import { acknowledgeLogging } from './page-files.ts'

/** CloudWatch accepts calls about CloudFront's logs only in this Region, whatever the Region of their destination. */
export const deliveryRegion = 'us-east-1'

export interface PageLogsProps {
  readonly distribution: IDistribution
  /** Receives the logs, in the stack's own Region. */
  readonly bucket: Bucket
  /** Log group of the function that makes the calls. */
  readonly logGroup: ILogGroup
}

/**
 * Delivers CloudFront's access logs to a bucket in any Region, including those that an account must opt in to, by the
 * log delivery of CloudWatch. CloudFront's older way does not reach the latter, and needs access control lists.
 * CloudFormation creates deliveries only in the stack's own Region, so a function of the CDK makes the calls.
 */
export class PageLogs extends Construct {
  private readonly props: PageLogsProps
  /**
   * Name of the source and the destination. Such names are unique in an account, and two Regions may have the same
   * stage.
   */
  private readonly deliveryName: string

  constructor(scope: Construct, id: string, props: PageLogsProps) {
    super(scope, id)
    this.props = props
    this.deliveryName = `${Stack.of(this).stackName}-${Aws.REGION}`
    allowDelivery(props.bucket, this.arn('delivery-source', this.deliveryName))
    const source = this.addSource()
    const destination = this.addDestination()
    const delivery = this.addDelivery()
    delivery.node.addDependency(source, destination)
    for (const call of [source, destination, delivery]) acknowledgeLogging(call.grantPrincipal as Role)
    Validations.of(delivery).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:${deliveryRegion}:<AWS::AccountId>:delivery:*]`,
      reason: 'CloudWatch chooses the id of a delivery; its source and destination are named.',
    })
  }

  private addSource(): AwsCustomResource {
    const { distribution } = this.props
    const name = this.deliveryName
    const resourceArn = distribution.distributionArn
    return this.addCalls('Source', {
      put: { action: 'PutDeliverySource', parameters: { name, resourceArn, logType: 'ACCESS_LOGS' } },
      remove: { action: 'DeleteDeliverySource', parameters: { name } },
      statements: [
        allow(['logs:PutDeliverySource', 'logs:DeleteDeliverySource'], this.arn('delivery-source', name)),
        allow(['cloudfront:AllowVendedLogDeliveryForResource'], resourceArn),
      ],
    })
  }

  private addDestination(): AwsCustomResource {
    const { bucket } = this.props
    const name = this.deliveryName
    const deliveryDestinationConfiguration = { destinationResourceArn: bucket.bucketArn }
    const parameters = { name, outputFormat: 'json', deliveryDestinationConfiguration }
    const call = this.addCalls('Destination', {
      put: { action: 'PutDeliveryDestination', parameters },
      remove: { action: 'DeleteDeliveryDestination', parameters: { name } },
      statements: [
        allow(
          ['logs:PutDeliveryDestination', 'logs:DeleteDeliveryDestination'],
          this.arn('delivery-destination', name),
        ),
      ],
    })
    return call
  }

  private addDelivery(): AwsCustomResource {
    const { bucket } = this.props
    const name = this.deliveryName
    const [source, destination] = [this.arn('delivery-source', name), this.arn('delivery-destination', name)]
    const call = this.addCalls('Delivery', {
      put: {
        action: 'CreateDelivery',
        parameters: { deliverySourceName: name, deliveryDestinationArn: destination },
        physicalResourceId: PhysicalResourceId.fromResponse('delivery.id'),
        outputPaths: ['delivery.id'],
      },
      remove: { action: 'DeleteDelivery', parameters: { id: new PhysicalResourceIdReference() } },
      statements: [
        allow(['logs:CreateDelivery'], source, destination, this.arn('delivery', '*')),
        allow(['logs:DeleteDelivery'], this.arn('delivery', '*')),
        // CloudWatch, as the caller, checks that the bucket allows it to write, and adds its own statement if there is
        // none.
        allow(['s3:GetBucketPolicy', 's3:PutBucketPolicy'], bucket.bucketArn),
      ],
    })
    if (bucket.policy !== undefined) call.node.addDependency(bucket.policy)
    return call
  }

  private addCalls(id: string, calls: Calls): AwsCustomResource {
    const common = { service: 'cloudwatch-logs', region: deliveryRegion }
    const physicalResourceId = PhysicalResourceId.of(this.deliveryName)
    const put: AwsSdkCall = { physicalResourceId, outputPaths: [], ...common, ...calls.put }
    const isMadeOnce = calls.put.action.startsWith('Create')
    return new AwsCustomResource(this, id, {
      resourceType: `Custom::PageLogs${id}`,
      ...(isMadeOnce ? { onCreate: put } : { onUpdate: put }),
      onDelete: { ...common, ...calls.remove, ignoreErrorCodesMatching: 'ResourceNotFoundException' },
      policy: AwsCustomResourcePolicy.fromStatements([...calls.statements]),
      installLatestAwsSdk: false,
      timeout: Duration.minutes(1),
      logGroup: this.props.logGroup,
      removalPolicy: RemovalPolicy.DESTROY,
    })
  }

  private arn(resource: string, resourceName: string): string {
    const arnFormat = ArnFormat.COLON_RESOURCE_NAME
    return Stack.of(this).formatArn({
      service: 'logs',
      region: deliveryRegion,
      resource,
      resourceName,
      arnFormat,
    })
  }
}

interface Calls {
  /** Called at each deployment that changes it. A call that creates something runs only once. */
  readonly put: Omit<AwsSdkCall, 'service'>
  readonly remove: Omit<AwsSdkCall, 'service'>
  readonly statements: readonly PolicyStatement[]
}

const allow = (actions: string[], ...resources: string[]) => new PolicyStatement({ actions, resources })

/** Allows CloudWatch to put the logs of one source into the bucket. */
function allowDelivery(bucket: Bucket, sourceArn: string): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
      conditions: {
        StringEquals: {
          's3:x-amz-acl': 'bucket-owner-full-control',
          'aws:SourceAccount': Aws.ACCOUNT_ID,
        },
        ArnLike: { 'aws:SourceArn': sourceArn },
      },
    }),
  )
}
