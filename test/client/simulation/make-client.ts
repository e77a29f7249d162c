import { createClient } from '../../../client/client.ts'
import type { TollgateClient } from '../../../client/options.ts'
import type { ProcessParts } from './machine.ts'

/** The client as a service makes it. Its requests go into the simulated network. */
export function makeClient({ environment, spool, recorded, holders }: ProcessParts): TollgateClient {
  const outage = Object.fromEntries(recorded.map((meter) => [meter, 'record' as const]))
  const onProblem = () => {}
  const access = { baseUrl: 'https://tollgate.test', token: 'token' }
  return createClient({ ...access, outage, holders, onProblem, ...(spool && { spool }) }, environment)
}
