import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Spool, type TollgateClient } from '../../client/client.ts'
import { openSpool } from '../../client/spool.ts'
import { openEnvironment } from '../../client/transport/node-environment.ts'
import { openSignedTable } from '../../lambdas/runtime/dynamodb/signed-table.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { BenchClock } from '../clock.ts'
import { counted, type Figure, show } from '../figure.ts'
import { withPatience } from '../patience.ts'
import { Service } from '../service.ts'
import { median, ratioOf } from '../statistics.ts'
import { appOf, makeTeam, startsAt } from '../teams.ts'

const teamId = 'warm'
const appId = appOf(teamId)
const meter = 'model-derivative-basic'
const rounds = 1_000
const warmUpRounds = 100
/** A single call is too short for the clock. */
const callsPerRound = 1_000
const callsAtOnce = 100
const timesFaster = 500
/** Requests for all calls of the run: one for about each second, and one for each lease until they have grown. */
const requestsMax = 100

interface Samples {
  readonly allow: number[]
  readonly spooled: number[]
  readonly update: number[]
}

/**
 * Times a warm `allow` against a raw UpdateItem that adds one, in turns, on one engine. Each `allow` is awaited before the
 * next one. Also counts the requests that all calls together take.
 */
export async function timeWarmAllow(tableName: string): Promise<readonly Figure[]> {
  const table = withPatience(openSignedTable(tableName))
  const service = new Service(table, new BenchClock(startsAt))
  await makeTeam(service, teamId, [10_000])
  let requests = 0
  const onRequest = () => {
    requests += 1
  }
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-warm-'))
  const client = clientOf(service, onRequest)
  const spooled = clientOf(service, onRequest, openSpool(folder))
  const ms: Samples = { allow: [], spooled: [], update: [] }
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    const ways = [
      () => timed(ms.allow, () => allowMany(client), callsPerRound),
      () => timed(ms.spooled, () => allowAtOnce(spooled), callsPerRound),
      () => timed(ms.update, () => updateOnce(table), 1),
    ]
    // Each way warms the caches for the other one, so they change places.
    for (let turn = 0; turn < ways.length; turn++) await ways[(round + turn) % ways.length]?.()
    if (round + 1 === warmUpRounds) for (const list of Object.values(ms)) list.length = 0
  }
  await Promise.all([client.close(), spooled.close()])
  rmSync(folder, { recursive: true })
  return figuresOf(ms, requests)
}

function figuresOf({ allow, spooled, update }: Samples, requests: number): readonly Figure[] {
  const p50 = ratioOf(update, allow, 0.5)
  const nanoseconds = (samples: readonly number[]) => `${show(median(samples) * 1e6)} ns`
  const calls = (warmUpRounds + rounds) * callsPerRound * 2
  return [
    {
      what: 'raw UpdateItem ÷ warm `allow` of the client, p50',
      value: `${show(p50.value)}× (${show(p50.low)}–${show(p50.high)})`,
      target: `≥ ${timesFaster}×`,
    },
    { what: '… a warm `allow`', value: nanoseconds(allow) },
    { what: `… with a spool, ${callsAtOnce} calls at a time`, value: nanoseconds(spooled) },
    counted(`… requests for ${calls.toLocaleString('en')} calls`, requests, requestsMax),
  ]
}

/** The client with its own environment, except that requests go to the handlers in process. */
function clientOf(service: Service, onRequest: () => void, spool?: Spool): TollgateClient {
  const access = { baseUrl: 'http://127.0.0.1', token: 'none' }
  const options = { ...access, spool }
  return createClient(options, {
    ...openEnvironment(access),
    async send({ body = '' }) {
      onRequest()
      const answer = await service.call('settleUsage', {}, JSON.parse(body))
      return { status: 200, date: new Date(service.clock.now()).toUTCString(), body: JSON.stringify(answer) }
    },
  })
}

/** Calls that come together share one write of the spool. */
async function allowAtOnce(client: TollgateClient): Promise<void> {
  for (let call = 0; call < callsPerRound; call += callsAtOnce)
    await Promise.all(Array.from({ length: callsAtOnce }, () => client.allow(appId, meter)))
}

async function allowMany(client: TollgateClient): Promise<void> {
  for (let call = 0; call < callsPerRound; call++) {
    const { decision } = await client.allow(appId, meter)
    if (decision !== 'allow') throw new Error(`a call was answered ${decision}`)
  }
}

async function updateOnce(table: Table): Promise<void> {
  await table.send('UpdateItem', {
    TableName: table.tableName,
    Key: { pk: 'WARM', sk: 'COUNT' },
    UpdateExpression: 'ADD used :one',
    ExpressionAttributeValues: { ':one': 1 },
  })
}

async function timed(samples: number[], action: () => Promise<void>, times: number): Promise<void> {
  const startedAt = performance.now()
  await action()
  samples.push((performance.now() - startedAt) / times)
}
