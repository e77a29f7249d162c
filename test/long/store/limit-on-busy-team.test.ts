import { expect } from 'vitest'
import { longWorld, storeLong } from '../../../bench/long-journal.ts'
import { RequestMeter } from '../../../bench/request-meter.ts'
import { emptyAccount } from '../../../core/account/account.ts'
import { apply } from '../../../core/journal/fold.ts'
import { UsageView } from '../../../lambdas/store/usage-view.ts'
import { test } from '../../support/fixtures.ts'
import { newParty } from '../../support/party.ts'

const entries = 20_000
const writesPerSecond = 10
const meter = 'automation-autocad'

/** Authorizes and captures in turn, ten times a second, until it is stopped. Returns the number of writes. */
function keepWriting(call: (operationId: string, sent: object) => Promise<{ status: number }>) {
  let [writes, isStopped] = [0, false]
  const write = async (index: number) => {
    const authorizationId = `busy-${Math.floor(index / 2)}`
    const ask = { authorizationId, appId: 'app', meter, quantity: 100 }
    const { status } =
      index % 2 === 0
        ? await call('authorizeUsage', { body: ask })
        : await call('captureAuthorization', { params: { authorizationId }, body: { used: 60, final: true } })
    if (status !== 200) throw new Error(`write ${index}: ${status}`)
    writes += 1
  }
  const run = async () => {
    for (let index = 0; !isStopped; index++) {
      await Promise.all([
        write(index),
        new Promise((resolve) => setTimeout(resolve, 1_000 / writesPerSecond)),
      ])
    }
  }
  const running = run()
  return async () => {
    isStopped = true
    await running
    return writes
  }
}

test('on a team with 20,000 entries and ten writes a second, a limit is set by the first request', async ({
  engine,
}) => {
  const table = await engine.newTable()
  const world = longWorld(entries)
  await storeLong(table, world)
  const clock = { now: () => world.now }
  const requests = new RequestMeter(table)
  const [others, own] = [await newParty(table, clock), await newParty(requests.table, clock)]
  await new UsageView(table, own.deps.journal).catchUp('acme', world.account.version)

  const stop = keepWriting((operationId, sent) => others.call(operationId, sent))
  const statuses: number[] = []
  const counts: { requests: number; readUnits: number }[] = []
  for (const perPeriod of [1_000_000, null, 2_000_000]) {
    counts.push(
      await requests.during(async () => {
        const body = { meter, perPeriod }
        const { status } = await own.call('limitApp', { params: { appId: 'app' }, body })
        statuses.push(status)
      }),
    )
  }
  const writes = await stop()
  for (const { requests: count, readUnits } of counts)
    console.info(`${count} requests, ${readUnits} read units`)

  expect(statuses).toEqual([200, 200, 200])
  expect(Math.max(...counts.map(({ readUnits }) => readUnits))).toBeLessThanOrEqual(100)
  expect(writes).toBeGreaterThan(0)
  const account = await own.deps.operations.load('acme')
  if (account === undefined) throw new Error('the team is there')
  const journal = await own.deps.journal.whole('acme', 0, account.version)
  expect(account).toEqual(journal.reduce(apply, emptyAccount('acme')))
  const captures = journal.filter((entry) => entry.kind === 'capture' && entry.usage.meter === meter)
  const used = captures.reduce((sum, entry) => sum + ('usage' in entry ? entry.usage.quantity : 0), 0)
  expect(account.limits[0]?.used).toBe(used)
})
