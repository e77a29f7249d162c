import { join } from 'node:path'
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as Lambda,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { envNames } from '../../lambdas/runtime/env.ts'
import type { Config } from '../config.ts'
import { type DeployedFunction, functions } from '../functions.ts'
import { CustomerKey } from './customer-key.ts'

export interface HandlerProps {
  readonly name: DeployedFunction
  readonly config: Config
  /** Folder with a bundle per function. */
  readonly bundles: string
  readonly table: ITable
}

/** One function with its log group and its role, and with least privilege. */
export class Handler extends Construct {
  readonly lambda: Lambda

  constructor(scope: Construct, id: string, props: HandlerProps) {
    super(scope, id)
    const plan = functions[props.name]
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.config.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    this.lambda = new Lambda(this, 'Function', {
      description: `Tollgate: ${props.name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(join(props.bundles, props.name)),
      role: this.addRole(logGroup),
      logGroup,
      // Lambda's own lines for each call (start, end, report) cost more than ours. They are written only when a call
      // fails.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      tracing: Tracing.ACTIVE,
      memorySize: plan.memoryMegabytes,
      timeout: Duration.seconds(plan.timeoutSeconds),
      environment: { POWERTOOLS_SERVICE_NAME: 'tollgate', [envNames.stage]: props.config.stage },
    })
    if (plan.tableActions.length > 0) this.openTable(props)
  }

  private addRole(logGroup: LogGroup): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Trace segments are the only actions on *: X-Ray has no resources that a policy could name.',
    })
    return role
  }

  /** Sets the table's name in the environment and grants permission to use it. */
  private openTable({ name, config, table }: HandlerProps): void {
    const { tableActions, indexes } = functions[name]
    this.lambda.addEnvironment(envNames.tableName, table.tableName)
    this.lambda.addEnvironment(envNames.payments, config.payments)
    if (name === 'hub' && config.sellerName !== undefined)
      this.lambda.addEnvironment(envNames.sellerName, config.sellerName)
    this.allow(
      tableActions.map((action) => `dynamodb:${action}`),
      [table.tableArn],
    )
    CustomerKey.of(this)?.grantThrough('dynamodb', this.lambda)
    if (indexes.length === 0) return
    this.allow(
      ['dynamodb:Query'],
      indexes.map((index) => `${table.tableArn}/index/${index}`),
    )
  }

  private allow(actions: string[], resources: string[]): void {
    this.lambda.addToRolePolicy(new PolicyStatement({ actions, resources }))
  }
}
