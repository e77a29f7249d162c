import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
} from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { dueIndex, journalIndex, openIndex, ttlAttribute } from '../lambdas/store/keys.ts'
import type { Config } from './config.ts'
import { CustomerKey } from './constructs/customer-key.ts'
import { SigningKeys } from './constructs/signing-keys.ts'

export interface DataStackProps extends StackProps {
  readonly config: Config
}

/** Everything that must outlive a deployment: the one table, and the keys from which webhook secrets are derived. */
export class DataStack extends Stack {
  readonly table: Table
  readonly signingKeys: SigningKeys
  private readonly unitsMax: Pick<TableProps, 'maxReadRequestUnits' | 'maxWriteRequestUnits'>

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props)
    const { isProtected, hasCustomerKey, maxReadUnits, maxWriteUnits } = props.config
    const key = hasCustomerKey ? new CustomerKey(this, 'Encryption', { isProtected }).key : undefined
    // An index with lower limits than its table would throttle the table's writes.
    this.unitsMax = { maxReadRequestUnits: maxReadUnits, maxWriteRequestUnits: maxWriteUnits }
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: hasCustomerKey ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.DEFAULT,
      ...(key !== undefined && { encryptionKey: key }),
      timeToLiveAttribute: ttlAttribute,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: isProtected,
      removalPolicy: isProtected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...this.unitsMax,
    })
    this.addIndexes()
    this.signingKeys = new SigningKeys(this, 'SigningKeys', { isProtected })
  }

  private addIndexes(): void {
    // Only entries have `team`, only accounts `dueShard`, and only items with open work `openShard`. All indexes are
    // sparse.
    this.table.addGlobalSecondaryIndex({
      indexName: journalIndex,
      partitionKey: { name: 'team', type: AttributeType.STRING },
      sortKey: { name: 'version', type: AttributeType.NUMBER },
      projectionType: ProjectionType.ALL,
      ...this.unitsMax,
    })
    this.table.addGlobalSecondaryIndex({
      indexName: dueIndex,
      partitionKey: { name: 'dueShard', type: AttributeType.STRING },
      sortKey: { name: 'dueAt', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
      ...this.unitsMax,
    })
    this.table.addGlobalSecondaryIndex({
      indexName: openIndex,
      partitionKey: { name: 'openShard', type: AttributeType.STRING },
      sortKey: { name: 'openKey', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
      ...this.unitsMax,
    })
  }
}
