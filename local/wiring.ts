import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'
import { CannotStart } from '../audit/data-folder/cannot-start.ts'
import { arnOf, isWiring, type Resource, readAssembly, streamArnOf } from './assembly.ts'
import { compileFilter, type RecordFilter } from './engine/record-filter.ts'
import * as schemas from './resource-schemas.ts'
import { type Cron, parseSchedule } from './workflows/cron.ts'
import { readStateMachine, type StateMachine } from './workflows/workflow-definition.ts'

export interface Wiring {
  readonly tables: readonly Table[]
  readonly functions: readonly DeployedFunction[]
  readonly routes: readonly WiredRoute[]
  readonly limits: readonly RouteLimit[]
  readonly mappings: readonly Mapping[]
  readonly schedules: readonly Schedule[]
  readonly rules: readonly Rule[]
  readonly stateMachines: readonly StateMachine[]
  readonly secrets: readonly Secret[]
  readonly deliveryStreams: readonly DeliveryStream[]
  readonly failureSources: readonly FailureSource[]
}

export interface Table {
  /** Logical id, and the table's name on this machine. */
  readonly id: string
  readonly properties: v.InferOutput<typeof schemas.TableProperties>
}

export interface Secret {
  /** Logical id, and the name that functions use on this machine. */
  readonly id: string
  readonly properties: v.InferOutput<typeof schemas.SecretProperties>
}

export interface DeployedFunction {
  readonly id: string
  /** File URL of the bundle. */
  readonly bundle: string
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMilliseconds: number
}

export interface WiredRoute {
  /** `<METHOD> <path>`, as API Gateway writes it. */
  readonly key: string
  readonly functionId: string
  /** The longest wait for the function. */
  readonly timeoutMilliseconds: number
  /** Absent for a public route. */
  readonly jwt?: { readonly issuer: string; readonly audience: readonly string[] }
}

/** The most calls of a route, or of each route without a separate limit. */
export interface RouteLimit {
  /** Absent: every other route. */
  readonly routeKey?: string
  readonly perSecond: number
  /** Number of calls at once. */
  readonly burst: number
}

export interface Mapping {
  readonly id: string
  readonly tableId: string
  readonly functionId: string
  readonly batchSize: number
  readonly retriesMax: number
  readonly isBisecting: boolean
  readonly isReportingItems: boolean
  readonly accepts: RecordFilter
}

export interface Schedule {
  readonly id: string
  readonly functionId: string
  readonly cron: Cron
  /** The function's input. */
  readonly input: unknown
}

/** The rules that route events of a bus to functions. */
export interface Rule {
  readonly id: string
  readonly busName: string
  readonly functionIds: readonly string[]
  readonly accepts: RecordFilter
}

/** A mapping, schedule or rule whose failures go to a dead-letter queue. */
export interface FailureSource {
  /** Logical id of the mapping, schedule or rule. */
  readonly id: string
  readonly queueId: string
  readonly functionId: string
  readonly isStream: boolean
}

/** A delivery stream that writes records to files. */
export interface DeliveryStream {
  /** Logical id, and the stream's name on this machine. */
  readonly id: string
  /** Folder of the files, with `!{timestamp:yyyy-MM-dd}` for the day. */
  readonly prefix: string
  readonly extension: string
}

/**
 * Reads how requests, records and schedules flow from the output of `cdk synth` in `folder`. Throws a
 * `CannotStart` that names the resource when the template uses a feature that this runtime does not run as
 * AWS does.
 */
export function readWiring(folder: string): Wiring {
  try {
    return new WiringReader(folder).read()
  } catch (cause) {
    throw new CannotStart(`The template cannot be run on one machine: ${messageOf(cause)}`)
  }
}

const known = {
  'AWS::DynamoDB::Table': schemas.TableProperties,
  'AWS::Lambda::Function': schemas.FunctionProperties,
  'AWS::Lambda::EventSourceMapping': schemas.MappingProperties,
  'AWS::ApiGatewayV2::Api': schemas.ApiProperties,
  'AWS::ApiGatewayV2::Stage': schemas.StageProperties,
  'AWS::ApiGatewayV2::Route': schemas.RouteProperties,
  'AWS::ApiGatewayV2::Integration': schemas.IntegrationProperties,
  'AWS::ApiGatewayV2::Authorizer': schemas.AuthorizerProperties,
  'AWS::Scheduler::Schedule': schemas.ScheduleProperties,
  'AWS::SQS::Queue': schemas.QueueProperties,
  'AWS::Events::EventBus': schemas.EventBusProperties,
  'AWS::Events::Archive': schemas.ArchiveProperties,
  'AWS::Events::Rule': schemas.RuleProperties,
  'AWS::Lambda::EventInvokeConfig': schemas.InvokeConfigProperties,
  'AWS::StepFunctions::StateMachine': schemas.StateMachineProperties,
  'AWS::SecretsManager::Secret': schemas.SecretProperties,
  'AWS::KinesisFirehose::DeliveryStream': schemas.DeliveryStreamProperties,
}
type Known = typeof known
type KnownType = keyof Known

class WiringReader {
  private readonly folder: string
  private readonly resources: readonly Resource[]

  constructor(folder: string) {
    this.folder = folder
    this.resources = readAssembly(folder)
  }

  read(): Wiring {
    for (const { id, type } of this.resources)
      if (isWiring(type) && !(type in known)) throw new Error(`${id} is a ${type}, which is not known`)
    this.all('AWS::ApiGatewayV2::Api', () => null)
    this.all('AWS::Events::Archive', () => null)
    this.all('AWS::Lambda::EventInvokeConfig', () => null)
    return {
      tables: this.all('AWS::DynamoDB::Table', (id, properties) => ({ id, properties })),
      functions: this.all('AWS::Lambda::Function', (id, properties) => this.toFunction(id, properties)),
      limits: this.all('AWS::ApiGatewayV2::Stage', (_, properties) => toLimits(properties)).flat(),
      routes: this.all('AWS::ApiGatewayV2::Route', (_, properties) => this.toRoute(properties)),
      mappings: this.all('AWS::Lambda::EventSourceMapping', (id, properties) =>
        this.toMapping(id, properties),
      ),
      schedules: this.all('AWS::Scheduler::Schedule', (id, properties) => this.toSchedule(id, properties)),
      rules: this.all('AWS::Events::Rule', (id, properties) => this.toRule(id, properties)),
      stateMachines: this.all('AWS::StepFunctions::StateMachine', (id, { DefinitionString }) =>
        readStateMachine(id, DefinitionString, (arn) => this.functionWithArn(arn)),
      ),
      failureSources: this.failureSources(),
      secrets: this.all('AWS::SecretsManager::Secret', (id, properties) => ({ id, properties })),
      deliveryStreams: this.all('AWS::KinesisFirehose::DeliveryStream', (id, properties) => {
        const { Prefix, FileExtension } = properties.ExtendedS3DestinationConfiguration
        return { id, prefix: Prefix, extension: FileExtension }
      }),
    }
  }

  private all<T extends KnownType, R>(
    type: T,
    map: (id: string, properties: v.InferOutput<Known[T]>) => R,
  ): R[] {
    const resources = this.resources.filter((resource) => resource.type === type)
    return resources.map((resource) => naming(resource.id, () => map(resource.id, parse(type, resource))))
  }

  private get<T extends KnownType>(type: T, id: string): v.InferOutput<Known[T]> {
    const resource = this.resources.find((candidate) => candidate.id === id && candidate.type === type)
    if (resource === undefined) throw new Error(`there is no ${type} ${id}`)
    return naming(id, () => parse(type, resource))
  }

  private toFunction(
    id: string,
    properties: v.InferOutput<typeof schemas.FunctionProperties>,
  ): DeployedFunction {
    const asset = `asset.${properties.Code.S3Key.replace(/\.zip$/, '')}`
    return {
      id,
      bundle: pathToFileURL(join(this.folder, asset, 'index.mjs')).href,
      environment: properties.Environment?.Variables ?? {},
      timeoutMilliseconds: properties.Timeout * 1000,
    }
  }

  private toRoute(properties: v.InferOutput<typeof schemas.RouteProperties>): WiredRoute {
    const integration = this.get(
      'AWS::ApiGatewayV2::Integration',
      properties.Target.replace('integrations/', ''),
    )
    const route = {
      key: properties.RouteKey,
      functionId: this.functionWithArn(integration.IntegrationUri),
      timeoutMilliseconds: integration.TimeoutInMillis,
    }
    if (properties.AuthorizationType === 'NONE') return route
    const authorizer = this.get('AWS::ApiGatewayV2::Authorizer', properties.AuthorizerId ?? '')
    const { Issuer, Audience } = authorizer.JwtConfiguration
    return { ...route, jwt: { issuer: Issuer, audience: Audience } }
  }

  private toMapping(id: string, properties: v.InferOutput<typeof schemas.MappingProperties>): Mapping {
    this.get('AWS::Lambda::Function', properties.FunctionName)
    const source = this.resources.find(
      (resource) =>
        resource.type === 'AWS::DynamoDB::Table' && streamArnOf(resource.id) === properties.EventSourceArn,
    )
    if (source === undefined)
      throw new Error(`its event source ${properties.EventSourceArn} is not a table's stream`)
    return {
      id,
      tableId: source.id,
      functionId: properties.FunctionName,
      batchSize: properties.BatchSize,
      retriesMax: properties.MaximumRetryAttempts,
      isBisecting: properties.BisectBatchOnFunctionError ?? false,
      isReportingItems: (properties.FunctionResponseTypes ?? []).length > 0,
      accepts: compileFilter(properties.FilterCriteria?.Filters.map((filter) => filter.Pattern)),
    }
  }

  private toSchedule(id: string, properties: v.InferOutput<typeof schemas.ScheduleProperties>): Schedule {
    const { Arn, Input } = properties.Target
    return {
      id,
      functionId: this.functionWithArn(Arn),
      cron: parseSchedule(properties.ScheduleExpression),
      input: Input === undefined ? {} : JSON.parse(Input),
    }
  }

  private toRule(id: string, properties: v.InferOutput<typeof schemas.RuleProperties>): Rule {
    // A bus's name is its logical id here.
    this.get('AWS::Events::EventBus', properties.EventBusName)
    return {
      id,
      busName: properties.EventBusName,
      functionIds: properties.Targets.map(({ Arn }) => this.functionWithArn(Arn)),
      accepts: compileFilter([JSON.stringify(properties.EventPattern)]),
    }
  }

  private failureSources(): readonly FailureSource[] {
    const source = (id: string, queueArn: string, functionId: string, isStream = false) => {
      return { id, queueId: this.queueWithArn(queueArn), functionId, isStream }
    }
    return [
      ...this.all('AWS::Lambda::EventSourceMapping', (id, { DestinationConfig, FunctionName }) =>
        DestinationConfig === undefined
          ? []
          : [source(id, DestinationConfig.OnFailure.Destination, FunctionName, true)],
      ),
      ...this.all('AWS::Scheduler::Schedule', (id, { Target: { Arn, DeadLetterConfig } }) =>
        DeadLetterConfig === undefined ? [] : [source(id, DeadLetterConfig.Arn, this.functionWithArn(Arn))],
      ),
      // A rule calls one function here.
      ...this.all('AWS::Events::Rule', (id, { Targets }) =>
        Targets.flatMap(({ Arn, DeadLetterConfig }) =>
          DeadLetterConfig === undefined ? [] : [source(id, DeadLetterConfig.Arn, this.functionWithArn(Arn))],
        ),
      ),
    ].flat()
  }

  private queueWithArn(arn: string): string {
    const found = this.resources.find(({ id, type }) => type === 'AWS::SQS::Queue' && arnOf(id) === arn)
    if (found === undefined) throw new Error(`its dead letters go to ${arn}, which is not a queue`)
    return found.id
  }

  private functionWithArn(arn: string): string {
    const found = this.resources.find(
      (resource) => resource.type === 'AWS::Lambda::Function' && arnOf(resource.id) === arn,
    )
    if (found === undefined) throw new Error(`its target ${arn} is not a function`)
    return found.id
  }
}

function toLimits({
  DefaultRouteSettings,
  RouteSettings,
}: v.InferOutput<typeof schemas.StageProperties>): readonly RouteLimit[] {
  const toLimit = ({
    ThrottlingRateLimit,
    ThrottlingBurstLimit,
  }: v.InferOutput<typeof schemas.Throttling>) => ({
    perSecond: ThrottlingRateLimit,
    burst: ThrottlingBurstLimit,
  })
  return [
    ...(DefaultRouteSettings === undefined ? [] : [toLimit(DefaultRouteSettings)]),
    ...Object.entries(RouteSettings).map(([routeKey, row]) => ({ routeKey, ...toLimit(row) })),
  ]
}

function parse<T extends KnownType>(type: T, resource: Resource): v.InferOutput<Known[T]> {
  const result = v.safeParse(known[type], resource.properties)
  if (result.success) return result.output
  const issues = result.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`)
  throw new Error(`${type}: ${issues.join('; ')}`)
}

function naming<T>(id: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new Error(`${id}: ${messageOf(cause)}`)
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
