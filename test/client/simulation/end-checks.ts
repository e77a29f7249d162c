import type { Ledger } from './ledger.ts'
import type { Machine } from './machine.ts'
import { isOpen, type Lease, type Stream } from './stream.ts'
import type { Team } from './team.ts'

/** Once all machines are refused, at most one call for each of them is left over or held. */
export function checkStranded(ledger: Ledger, team: Team, living: readonly Machine[]): void {
  if (!team.isExact) return
  const { now, account } = team
  const own = ledger.streams.filter(({ teamId }) => teamId === team.teamId)
  const held = own.reduce((sum, stream) => sum + stream.heldAt(now), 0)
  const tokens = account.lots.reduce((sum, lot) => sum + lot.remaining, 0)
  const slots = new Set(living.map(({ slot }) => slot))
  // Nobody can spend what a process that was killed has held, until its hold ends.
  const spendable = own.filter(({ slot, lostLives }) => slots.has(slot) && lostLives.size === 0)
  const spare = spendable.reduce(
    (sum, stream) => sum + Math.max(0, stream.heldAt(now) - Math.max(0, stream.unreported)),
    0,
  )
  const stranded = tokens - held + spare
  ledger.count('used up')
  if (stranded > living.length)
    ledger.report(`${team.teamId}: ${stranded} stranded with ${living.length} machines`)
}

/** Expects that all use of some meters until now is reported by the time at which the returned function is called. */
export function expectReports(ledger: Ledger, meters: readonly string[]): () => void {
  const streams = ledger.streams.filter(({ meter }) => meters.includes(meter))
  const expected = streams.flatMap((stream) => {
    const machine = ledger.machines.get(stream.slot)
    return machine === undefined ? [] : { stream, machine, life: machine.life, admitted: stream.admitted }
  })
  return () => {
    for (const { stream, machine, life, admitted } of expected) {
      const { captured, givenBack, isInDebt, lostLives } = stream
      const isSame = machine.isAlive && machine.life === life && !machine.isClosing
      const isExcused = isInDebt || lostLives.size > 0 || ledger.isExcused(machine)
      if (!isSame || isExcused) continue
      ledger.count('reported before a turn')
      const missing = admitted - givenBack - captured
      if (missing > 0) ledger.report(`${nameOf(stream)}: ${missing} not reported before a turn`)
    }
  }
}

/** At the end, all use is reported exactly once, and nothing is held for a process that has closed. */
export function checkEnd(ledger: Ledger, teams: readonly Team[]): void {
  for (const team of teams)
    if (!team.isFolded()) ledger.report(`the journal of ${team.teamId} is not its account`)
  for (const { slot, waiting } of ledger.machines.values())
    if (waiting > 0) ledger.report(`${waiting} calls of machine ${slot} were never answered`)
  for (const id of ledger.toRecord)
    if (!ledger.recordedIds.has(id)) ledger.report(`the event ${id} was accepted and never recorded`)
  for (const stream of ledger.streams) checkStreamEnd(ledger, stream)
  const uses = Map.groupBy(ledger.streams, ({ appId, meter }) => `${appId} ${meter}`)
  for (const [use, streams] of uses) checkRecorded(ledger, use, streams)
}

function checkStreamEnd(ledger: Ledger, stream: Stream): void {
  const { unreported, givenBack, underWay, lostLives } = stream
  const name = nameOf(stream)
  if (lostLives.size === 0 && unreported > 0) ledger.report(`${name}: ${unreported} never reported`)
  if (unreported < -givenBack - underWay) ledger.report(`${name}: ${-unreported} more reported than admitted`)
  const unmatched = stream.unmatched()
  if (unmatched > givenBack) ledger.report(`${name}: ${unmatched} admitted outside of its leases`)
  for (const lease of stream.leases)
    if (isOpen(lease, ledger.parts.now()) && !isUnowned(ledger, stream, lease))
      ledger.report(`${name}: ${lease.authorizationId} is still held`)
}

/** True for a grant that no living process can know of: it was denied at first, or its process was killed before. */
function isUnowned(ledger: Ledger, { slot, lostLives }: Stream, lease: Lease): boolean {
  const { authorizationId, life, grantedAt } = lease
  const machine = ledger.machines.get(slot)
  if (machine === undefined || lostLives.has(life) || machine.denied.has(authorizationId)) return true
  const endedAt = machine.startedAt[life]
  return endedAt !== undefined && grantedAt >= endedAt
}

/** Use that was admitted in an outage is recorded exactly once, unless its process was killed. */
function checkRecorded(ledger: Ledger, use: string, streams: readonly Stream[]): void {
  const admitted = streams.reduce((sum, { toRecord }) => sum + toRecord, 0)
  const missing = admitted - (ledger.recorded.get(use) ?? 0)
  const isLost = streams.some(({ slot }) => ledger.machines.get(slot)?.wasKilled === true)
  if (missing < 0 || (missing > 0 && !isLost))
    ledger.report(`${use}: ${admitted} to record, ${admitted - missing} recorded`)
}

function nameOf({ slot, appId, meter }: Stream): string {
  return `${appId} ${meter} on machine ${slot}`
}
