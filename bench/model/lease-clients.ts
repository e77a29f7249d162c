import {
  type Environment as ClientEnvironment,
  createClient,
  type TollgateClient,
} from '../../client/client.ts'
import type { Model } from './model.ts'

export interface LeaseClientOptions {
  /** Begins the ids of its leases. */
  readonly name: string
  readonly holders: number
  readonly onRequest: () => void
}

/** The client library of one process in virtual time. Its requests pass the model's gateway and one function for itself. */
export function newLeaseClient(model: Model, options: LeaseClientOptions): TollgateClient {
  const { holders } = options
  const access = { baseUrl: 'https://model.example.com', token: 'none' }
  const onProblem = ({ what, status, detail }: { what: string; status: number; detail: string }) => {
    // A busy team is answered 503 and asked again; everything else is a fault of the run.
    if (status !== 503) throw new Error(`${what} ${status}: ${detail}`)
  }
  return createClient({ ...access, holders, onProblem }, environmentOf(model, options))
}

function environmentOf(model: Model, { name, onRequest }: LeaseClientOptions): ClientEnvironment {
  const { time, random, clock } = model
  const gateway = model.newEnvironment()
  let ids = 0
  return {
    elapsed: () => time.now(),
    wallClock: () => clock.now(),
    random,
    newId: () => `${name}-${ids++}`,
    after(ms, action) {
      const timer = time.schedule(ms, action)
      return () => time.cancel(timer)
    },
    async send({ path, body = '' }) {
      if (path !== '/v1/settlements') throw new Error(`the model has no ${path}`)
      onRequest()
      const answer = await gateway.call('settleUsage', {}, JSON.parse(body))
      return {
        status: answer.status,
        date: new Date(clock.now()).toUTCString(),
        retryAfter: answer.retryAfterSeconds?.toString(),
        body: JSON.stringify(answer.body),
      }
    },
  }
}
