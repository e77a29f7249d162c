import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { peer as callsPeer } from '../../../bench/peers/calls-peer.ts'
import { peer as clientPeer } from '../../../bench/peers/client-peer.ts'
import { type BenchHost, startHost } from '../../../bench/peers/host.ts'
import { peer as limiterPeer } from '../../../bench/peers/limiter-peer.ts'
import { measureExhaustion } from '../../../bench/peers/measure-exhaustion.ts'
import { measureKills } from '../../../bench/peers/measure-kills.ts'
import { measureRates } from '../../../bench/peers/measure-rates.ts'
import type { Peer } from '../../../bench/peers/peer.ts'
import { peer as postgresPeer } from '../../../bench/peers/postgres-peer.ts'
import { fullScale, quickScale } from '../../../bench/peers/scale.ts'
import { peer as transactionPeer } from '../../../bench/peers/transaction-peer.ts'
import { peer as updatePeer } from '../../../bench/peers/update-peer.ts'
import { peer as readingPeer } from './reading-peer.ts'

let host: BenchHost
beforeAll(async () => {
  host = await startHost()
})
afterAll(() => host.stop())

const exhaust = (peer: Peer) => measureExhaustion(host, peer, quickScale)
const kill = (peer: Peer) => measureKills(host, peer, quickScale.kills)
const killsMax = quickScale.kills.processes * quickScale.kills.killsEach

describe('a comparison', () => {
  test('finds overspent and lost calls of a design that reads and then writes', async () => {
    const { overspent } = await exhaust(readingPeer)
    const { lost } = await kill(readingPeer)
    expect(overspent).toBeGreaterThan(0)
    expect(lost).toBeGreaterThan(0)
  })

  test.each([updatePeer, limiterPeer])('finds calls that count twice after a kill: $title', async (peer) => {
    // A kill doubles no call where the response was that of a failed condition, so a few kills may double none.
    const { processes, killsEach } = fullScale.kills
    const { kills, doubled, lost } = await measureKills(host, peer, fullScale.kills)
    expect(kills).toBe(processes * killsEach)
    expect(doubled).toBeGreaterThan(0)
    expect(lost).toBe(0)
  })

  test.each([
    { peer: transactionPeer, writeUnits: 6_000 },
    { peer: updatePeer, writeUnits: 1_000 },
    { peer: limiterPeer, writeUnits: 2_000 },
  ])('counts $writeUnits write units of a thousand calls: $peer.title', async ({ peer, writeUnits }) => {
    const { hotCounted, manyCounted } = await measureRates(host, peer, quickScale)
    expect(hotCounted.writeUnits).toBeCloseTo(writeUnits, -2)
    expect(manyCounted.writeUnits).toBeCloseTo(writeUnits, -2)
  })
})

describe('a design that stores the id of each call', () => {
  test('counts each call once with a transaction', async () => {
    expect(await kill(transactionPeer)).toMatchObject({ kills: killsMax, lost: 0, doubled: 0 })
  })

  test('counts each call once with PostgreSQL', async ({ skip }) => {
    if (host.postgres === undefined) skip()
    expect(await kill(postgresPeer)).toMatchObject({ kills: killsMax, lost: 0, doubled: 0 })
  })
})

describe('Tollgate', () => {
  test.each([callsPeer, clientPeer])('overspends nothing with many callers: $title', async (peer) => {
    const { paid, admitted, counted, overspent } = await exhaust(peer)
    expect(overspent).toBe(0)
    expect(counted).toBe(admitted)
    // At most one call of each process is left.
    expect(admitted).toBeGreaterThanOrEqual(paid - 4)
  })

  test('neither loses nor doubles a call whose process is killed', async () => {
    expect(await kill(callsPeer)).toMatchObject({ kills: killsMax, lost: 0, doubled: 0 })
  })

  test('loses no call that its client has admitted in a process that is killed', async () => {
    const { kills, lost, doubled, repeated } = await kill(clientPeer)
    expect(kills).toBe(killsMax)
    expect(lost).toBe(0)
    // A call counts before its caller gets the answer. A kill between the two makes the caller repeat it.
    expect(doubled).toBeLessThanOrEqual(repeated)
  })

  test('costs less with its client than any other design', async () => {
    const { hotCounted } = await measureRates(host, clientPeer, quickScale)
    expect(hotCounted.writeUnits).toBeLessThan(500)
  })
})
