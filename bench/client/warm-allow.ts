import { createClient, type TollgateClient } from '../../client/client.ts'
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
const timesFaster = 500
/** Requests for all calls of the run: one for about each second, and one for each lease until they have grown. */
const requestsMax = 100

/**
 * Times a warm `allow` against a raw UpdateItem that adds one, in turns, on one engine. Each `allow` is awaited before the
 * next one. Also counts the requests that all calls together take.
 */
export async function timeWarmAllow(tableName: string): Promise<readonly Figure[]> {
  const table = withPatience(openSignedTable(tableName))
  const service = new Service(table, new BenchClock(startsAt))
  await makeTeam(service, teamId, [10_000])
  let requests = 0
  const client = clientOf(service, () => {
    requests += 1
  })
  const ms: { allow: number[]; update: number[] } = { allow: [], update: [] }
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    const ways = [
      () => timed(ms.allow, () => allowMany(client), callsPerRound),
      () => timed(ms.update, () => updateOnce(table), 1),
    ]
    // Each way warms the caches for the other one, so they change places.
    for (let turn = 0; turn < ways.length; turn++) await ways[(round + turn) % ways.length]?.()
    if (round + 1 === warmUpRounds) for (const list of Object.values(ms)) list.length = 0
  }
  await client.close()
  const p50 = ratioOf(ms.update, ms.allow, 0.5)
  const nanoseconds = median(ms.allow) * 1e6
  return [
    {
      what: 'raw UpdateItem ÷ warm `allow` of the client, p50',
      value: `${show(p50.value)}× (${show(p50.low)}–${show(p50.high)})`,
      target: `≥ ${timesFaster}×`,
    },
    { what: '… a warm `allow`', value: `${show(nanoseconds)} ns` },
    counted(
      `… requests for ${((warmUpRounds + rounds) * callsPerRound).toLocaleString('en')} calls`,
      requests,
      requestsMax,
    ),
  ]
}

/** The client with its own environment, except that requests go to the handlers in process. */
function clientOf(service: Service, onRequest: () => void): TollgateClient {
  const access = { baseUrl: 'http://127.0.0.1', token: 'none' }
  return createClient(access, {
    ...openEnvironment(access),
    async send({ body = '' }) {
      onRequest()
      const answer = await service.call('settleUsage', {}, JSON.parse(body))
      return { status: 200, date: new Date(service.clock.now()).toUTCString(), body: JSON.stringify(answer) }
    },
  })
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
