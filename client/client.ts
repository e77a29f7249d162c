import type { Environment } from './environment.ts'
import { createLeasingClient } from './leasing-client.ts'
import type { ClientOptions, TollgateClient } from './options.ts'
import { openEnvironment } from './transport/node-environment.ts'

export type * from './answers.ts'
export { CallFailed } from './direct-calls.ts'
export type * from './environment.ts'
export type * from './model.ts'
export type * from './options.ts'
export type * from './spool-model.ts'

/** Opens a client. An `environment` replaces the process's clocks, timers, chance and network. */
export function createClient(
  options: ClientOptions,
  environment: Environment = openEnvironment(options),
): TollgateClient {
  return createLeasingClient(options, environment)
}
