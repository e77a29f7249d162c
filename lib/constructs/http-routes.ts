import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { mcpPath, mcpRouteKey } from '../../contract/mcp.ts'
import type { FunctionName, Route } from '../../contract/route.ts'
import { routes } from '../../contract/routes.ts'
import { envNames } from '../../lambdas/runtime/env.ts'
import type { Authority } from '../authority.ts'
import type { Config } from '../config.ts'
import { mcpThrottle, type Throttle, throttles } from '../throttles.ts'
import type { Handler } from './handler.ts'

export interface HttpRoutesProps {
  readonly config: Config
  readonly authority: Authority
  /** Names at the issuer of the scopes that agents ask for. */
  readonly scopes: readonly string[]
  /** Returns the function of a name in the route table. */
  readonly handlerOf: (name: FunctionName) => Handler
}

/** The HTTP API: every route of the table, behind the JWT authorizer unless it is public. */
export class HttpRoutes extends Construct {
  readonly api: HttpApi
  private readonly integrations = new Map<FunctionName, HttpLambdaIntegration>()

  constructor(scope: Construct, id: string, props: HttpRoutesProps) {
    super(scope, id)
    this.api = new HttpApi(this, 'Api', { createDefaultStage: false })
    const stage = this.addStage(props.config)
    const { issuer, audience } = props.authority
    const jwt = new HttpJwtAuthorizer('Jwt', issuer, { jwtAudience: [...audience] })
    for (const route of routes) {
      // The stage sets limits on routes by name, so they must exist before it.
      for (const added of this.addRoute(route, jwt, props)) stage.node.addDependency(added)
    }
    for (const added of this.addMcp(props)) stage.node.addDependency(added)
  }

  private addRoute(route: Route, jwt: IHttpRouteAuthorizer, { handlerOf }: HttpRoutesProps): HttpRoute[] {
    const added = this.api.addRoutes({
      path: route.path,
      methods: [HttpMethod[route.method]],
      integration: this.integrationOf(route.function, handlerOf),
      // The function checks scopes, so that a missing one returns a problem document.
      authorizer: route.scope === null ? new HttpNoneAuthorizer() : jwt,
    })
    if (route.scope !== null) return added
    for (const open of added)
      Validations.of(open).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'The description of the API and the offer are public: they hold nothing of any customer.',
      })
    return added
  }

  /** The door of agents. Its function verifies tokens itself (ADR 024). */
  private addMcp({ handlerOf, authority, scopes }: HttpRoutesProps): HttpRoute[] {
    const { lambda } = handlerOf('mcp')
    lambda.addEnvironment(envNames.issuer, authority.issuer)
    lambda.addEnvironment(envNames.audience, authority.audience.join(' '))
    lambda.addEnvironment(envNames.scopes, scopes.join(' '))
    const added = this.api.addRoutes({
      path: mcpPath,
      methods: [HttpMethod.ANY],
      integration: this.integrationOf('mcp', handlerOf),
      authorizer: new HttpNoneAuthorizer(),
    })
    for (const open of added)
      Validations.of(open).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: "The function verifies the token itself, because an agent's key is no JWT.",
      })
    return added
  }

  private integrationOf(name: FunctionName, handlerOf: HttpRoutesProps['handlerOf']): HttpLambdaIntegration {
    const known = this.integrations.get(name)
    if (known !== undefined) return known
    // One permission per function: one per route would come near the size limit of a resource policy.
    const options = { scopePermissionToRoute: false }
    const integration = new HttpLambdaIntegration(name, handlerOf(name).lambda, options)
    this.integrations.set(name, integration)
    return integration
  }

  private addStage({ logDays, callsPerSecond }: Config): HttpStage {
    const logs = new LogGroup(this, 'AccessLogs', {
      retention: logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: callsPerSecond, burstLimit: burstOf(callsPerSecond) },
      accessLogSettings: { destination: new LogGroupLogDestination(logs), format: accessLogFormat() },
    })
    const cfnStage = stage.node.defaultChild as CfnStage
    cfnStage.routeSettings = routeSettings(callsPerSecond)
    return stage
  }
}

/** Returns the burst limit for N calls per second. */
const burstOf = (callsPerSecond: number) => Math.ceil(callsPerSecond / 2)

/** Limits of single routes, in the form of CloudFormation. None exceeds the limit for all routes. */
function routeSettings(callsPerSecond: number): Record<string, object> {
  const rows: Readonly<Record<string, Throttle | undefined>> = throttles
  const keys = routes.map(
    ({ method, path, operationId }) => [`${method} ${path}`, rows[operationId]] as const,
  )
  return Object.fromEntries(
    [...keys, [mcpRouteKey, mcpThrottle] as const].flatMap(([key, row]) => {
      if (row === undefined) return []
      const ThrottlingRateLimit = Math.min(row.perSecond, callsPerSecond)
      const ThrottlingBurstLimit = Math.min(row.burst, burstOf(callsPerSecond))
      return [[key, { ThrottlingRateLimit, ThrottlingBurstLimit }]]
    }),
  )
}

// Short on purpose: at one line per call, logs cost more than most writes.
function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      at: AccessLogField.contextRequestTimeEpoch(),
      route: '$context.routeKey',
      status: AccessLogField.contextStatus(),
      milliseconds: AccessLogField.contextResponseLatency(),
      ip: AccessLogField.contextIdentitySourceIp(),
    }),
  )
}
