import { CfnOutput, CfnResource, Fn, Stack } from 'aws-cdk-lib'
import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito'
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb'
import { CfnRule } from 'aws-cdk-lib/aws-events'
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose'
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda'
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs'
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler'
import { CfnQueue } from 'aws-cdk-lib/aws-sqs'
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import type { IConstruct } from 'constructs'

/** One resource to watch, with its name. */
export interface Watched<Resource extends CfnResource = CfnResource> {
  readonly resource: Resource
  /** Unique among watched resources, and the same in every stage: `ApiAuthorizeUsage`. */
  readonly name: string
}

export interface WatchedSchedule extends Watched<CfnSchedule> {
  /** The function that it calls. */
  readonly target: CfnFunction
}

export interface Everything {
  readonly functions: readonly Watched<CfnFunction>[]
  /** All queues of the application are dead-letter queues. */
  readonly queues: readonly Watched<CfnQueue>[]
  readonly stateMachines: readonly Watched<CfnStateMachine>[]
  readonly schedules: readonly WatchedSchedule[]
  readonly rules: readonly Watched<CfnRule>[]
  /** Functions that read a stream. */
  readonly consumers: readonly Watched<CfnFunction>[]
  /** Functions that a user pool asks while somebody signs in. */
  readonly triggers: readonly Watched<CfnFunction>[]
  readonly tables: readonly Watched<CfnTable>[]
  readonly apis: readonly Watched<CfnApi>[]
  readonly accessLogs: readonly Watched<CfnLogGroup>[]
  readonly archives: readonly Watched<CfnDeliveryStream>[]
}

/**
 * Finds everything to watch in a whole application, so that a new resource cannot be forgotten. Throws if a schedule or
 * a mapping calls something that is not a function of its own stack, and names it.
 */
export function everything(app: IConstruct): Everything {
  const all = app.node.findAll().filter((resource) => CfnResource.isCfnResource(resource))
  const watched = <Resource extends CfnResource>(isKind: (resource: CfnResource) => resource is Resource) =>
    all.filter(isKind).map((resource) => ({ resource, name: nameOf(resource) }))
  const functions = watched((resource): resource is CfnFunction => resource instanceof CfnFunction)
  const mappings = watched(
    (resource): resource is CfnEventSourceMapping => resource instanceof CfnEventSourceMapping,
  )
  return {
    functions,
    queues: watched((resource): resource is CfnQueue => resource instanceof CfnQueue),
    stateMachines: watched((resource): resource is CfnStateMachine => resource instanceof CfnStateMachine),
    schedules: watched((resource): resource is CfnSchedule => resource instanceof CfnSchedule).map(
      (schedule) => {
        const { target } = schedule.resource
        const arn = (Stack.of(schedule.resource).resolve(target) as { arn: unknown }).arn
        return { ...schedule, target: functionOf(schedule.resource, arn, functions) }
      },
    ),
    rules: watched((resource): resource is CfnRule => resource instanceof CfnRule),
    consumers: mappings.map(({ resource, name }) => {
      const called: unknown = Stack.of(resource).resolve(resource.functionName)
      return { resource: functionOf(resource, called, functions), name }
    }),
    triggers: watched((resource): resource is CfnUserPool => resource instanceof CfnUserPool).flatMap(
      ({ resource, name }) =>
        triggersOf(resource).map((called) => ({ resource: functionOf(resource, called, functions), name })),
    ),
    tables: watched((resource): resource is CfnTable => resource instanceof CfnTable),
    apis: watched((resource): resource is CfnApi => resource instanceof CfnApi),
    accessLogs: watched(isAccessLog),
    archives: watched((resource): resource is CfnDeliveryStream => resource instanceof CfnDeliveryStream),
  }
}

/**
 * Returns the name of a rule for a stack that watches it. A reference to a rule of our own bus also contains the bus's
 * name, and CloudFormation cannot split an output of another stack. So the rule's own stack extracts the name and
 * outputs it.
 */
export function ruleName(rule: CfnRule, watcher: Stack): string {
  const stack = Stack.of(rule)
  if (rule.eventBusName === undefined && stack === watcher) return rule.ref
  const name = Fn.select(rule.eventBusName === undefined ? 1 : 2, Fn.split('/', rule.attrArn))
  const outputName = `${stack.resolve(rule.logicalId)}Name`
  new CfnOutput(stack, outputName, { value: name })
  watcher.addStackDependency(stack)
  return Fn.getStackOutput(stack.stackName, outputName)
}

/** References to the functions of a user pool. Some of its settings are an ARN, others contain one. */
function triggersOf(pool: CfnUserPool): readonly unknown[] {
  const config: object = Stack.of(pool).resolve(pool.lambdaConfig) ?? {}
  return Object.values(config).map((resource) => (resource as { lambdaArn?: unknown }).lambdaArn ?? resource)
}

function isAccessLog(resource: CfnResource): resource is CfnLogGroup {
  return resource instanceof CfnLogGroup && resource.node.path.includes('/AccessLogs/')
}

/** `Tollgate-prod-Api/AuthorizeUsage/Function/Resource` is `ApiAuthorizeUsageFunction`. */
function nameOf({ node }: CfnResource): string {
  const [stack = '', ...path] = node.path.split('/')
  const parts = [stack.split('-').at(-1) ?? '', ...path.filter((part) => part !== 'Resource')]
  return parts.join('').replace(/[^A-Za-z0-9]/g, '')
}

/** The function that a resource refers to, by name or ARN, in the same stack. */
function functionOf(
  from: CfnResource,
  reference: unknown,
  functions: readonly Watched<CfnFunction>[],
): CfnFunction {
  const { Ref, 'Fn::GetAtt': attribute } = (reference ?? {}) as { Ref?: string; 'Fn::GetAtt'?: string[] }
  const logicalId = Ref ?? attribute?.[0]
  const stack = Stack.of(from)
  const found = functions.find(
    ({ resource }) => Stack.of(resource) === stack && stack.resolve(resource.logicalId) === logicalId,
  )
  if (found === undefined) throw new Error(`${from.node.path} calls no function that can be watched`)
  return found.resource
}
