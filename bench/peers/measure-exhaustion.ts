import { join } from 'node:path'
import { spendAll } from './callers.ts'
import type { BenchHost } from './host.ts'
import type { Peer } from './peer.ts'
import type { Scale } from './scale.ts'
import { unitsPerToken } from './tollgate-teams.ts'

/** A call uses a whole token, because Tollgate charges whole tokens and carries the rest of a started one forward. */
const quantity = unitsPerToken
const processes = 4

export interface Exhaustion {
  readonly paid: number
  /** Calls that callers were allowed, and calls that the store has counted. */
  readonly admitted: number
  readonly counted: number
  readonly overspent: number
}

/** Lets callers in several processes use up what one team has paid for. */
export async function measureExhaustion(host: BenchHost, peer: Peer, scale: Scale): Promise<Exhaustion> {
  const teamId = `${peer.letter}-spent`
  const units = scale.paidCalls * quantity
  await peer.fill(host, [teamId], units)
  const callers = Math.ceil(scale.callers / processes)
  const results = await Promise.all(
    Array.from({ length: processes }, (_, index) => {
      const name = `${teamId}-${index}`
      const opening = { place: host.place, quantity, units, callers, folder: join(host.folder, name) }
      return spendAll({ module: peer.module, opening, run: { kind: 'spend', teamId, name } })
    }),
  )
  const admitted = results.reduce((sum, result) => sum + result.admitted, 0)
  const counted = (await peer.usedOf(host, teamId)) / quantity
  return { paid: scale.paidCalls, admitted, counted, overspent: Math.max(0, admitted - scale.paidCalls) }
}
