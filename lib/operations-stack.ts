import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Role } from 'aws-cdk-lib/aws-iam'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { Config } from './config.ts'
import { BreakGlass } from './constructs/break-glass.ts'

export interface OperationsStackProps extends StackProps {
  readonly config: Config
  readonly table: ITable
  readonly archive: Bucket
}

/** Permissions of operators, apart from deployments. It stores no data. */
export class OperationsStack extends Stack {
  readonly breakGlass: Role

  constructor(scope: Construct, id: string, { config, ...props }: OperationsStackProps) {
    super(scope, id, props)
    this.breakGlass = new BreakGlass(this, 'BreakGlass', { ...props, config }).role
    new CfnOutput(this, 'BreakGlassRoleArn', { value: this.breakGlass.roleArn })
  }
}
