import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import { envNames } from '../lambdas/runtime/env.ts'
import { accountSortKey, dueShards, setupSortKey } from '../lambdas/store/keys.ts'
import type { Authority } from './authority.ts'
import type { Config } from './config.ts'
import { Handler } from './constructs/handler.ts'
import { HttpRoutes } from './constructs/http-routes.ts'
import { allowRedrive, type DeadLetters } from './constructs/redrive-access.ts'
import { Scheduled } from './constructs/scheduled.ts'
import type { SigningKeys } from './constructs/signing-keys.ts'
import { StreamConsumer } from './constructs/stream-consumer.ts'
import {
  archiveFunctions,
  type DeployedFunction,
  eventFunctions,
  functions,
  identityFunctions,
  shardsPerSweep,
  sweepEveryMinutes,
  workflowFunctions,
} from './functions.ts'

const hubScopes = ['hub:read', 'hub:write']

export interface ApiStackProps extends StackProps {
  readonly config: Config
  readonly authority: Authority
  /** Names at the issuer of the scopes that agents ask for. Default: those of the contract. */
  readonly agentScopes?: readonly string[]
  /** Folder with a bundle per function. */
  readonly bundles: string
  readonly table: ITable
  readonly signingKeys: SigningKeys
  /** Dead letters of other stacks, which operators redrive by the API, too. Default: none. */
  readonly deadLetters?: readonly DeadLetters[]
}

/** The API, its functions, and the functions that the table's stream and schedules call. It stores no data. */
export class ApiStack extends Stack {
  readonly apiUrl: string

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props)
    const handlers = this.addHandlers(props)
    const handlerOf = (name: DeployedFunction): Handler => {
      const handler = handlers.get(name)
      if (handler === undefined) throw new Error(`No function is called ${name}`)
      return handler
    }
    props.signingKeys.grantRead(handlerOf('hub'))
    const { api } = new HttpRoutes(this, 'Http', {
      ...props,
      scopes: props.agentScopes ?? hubScopes,
      handlerOf,
    })
    const changes = new StreamConsumer(this, 'AccountChanges', {
      handler: handlerOf('on-account-changed'),
      table: props.table,
      // Apps and members change without the account; the directory lists them.
      sortKeys: [accountSortKey, setupSortKey],
    })
    const calendar = new Scheduled(this, 'Calendar', { handler: handlerOf('sweep'), ...sweepSchedules() })
    const checks = new Scheduled(this, 'Checks', {
      handler: handlerOf('check-readers'),
      schedules: { Hourly: 'cron(35 * * * ? *)' },
    })
    const own = [changes, calendar, checks].map(({ deadLetters }) => deadLetters)
    handlerOf('health').lambda.addEnvironment(envNames.runbookUrl, props.config.runbookUrl)
    allowRedrive(handlerOf('health'), [...own, ...(props.deadLetters ?? [])])
    this.apiUrl = api.apiEndpoint
    new CfnOutput(this, 'ApiUrl', { value: this.apiUrl })
  }

  private addHandlers(props: ApiStackProps): Map<DeployedFunction, Handler> {
    const elsewhere: readonly string[] = [
      ...workflowFunctions,
      ...eventFunctions,
      ...archiveFunctions,
      ...identityFunctions,
    ]
    const names = (Object.keys(functions) as DeployedFunction[]).filter((name) => !elsewhere.includes(name))
    return new Map(names.map((name) => [name, new Handler(this, pascalCase(name), { ...props, name })]))
  }
}

/**
 * Every few minutes, the parts of the shards are swept at once. The runs just after midnight do the turn of the month (the
 * 1st), the billing close (the 3rd) and the daily expiry. The others continue work that ran out of time, and do work that falls
 * due within the day.
 */
function sweepSchedules() {
  const parts = Array.from({ length: dueShards / shardsPerSweep }, (_, part) => {
    const shards = Array.from({ length: shardsPerSweep }, (_, index) => part * shardsPerSweep + index)
    return [`Part${part + 1}`, { shards }] as const
  })
  const schedules = parts.map(([name]) => [name, `cron(0/${sweepEveryMinutes} * * * ? *)`] as const)
  return { schedules: Object.fromEntries(schedules), inputs: Object.fromEntries(parts) }
}

function pascalCase(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
}
