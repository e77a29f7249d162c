import type { Decision } from '../../../client/model.ts'
import type { Entry, EntryOf } from '../../../core/journal/entry.ts'
import type { Settled } from './asks.ts'
import { type Call, type Machine, type Observer, recordedSource } from './machine.ts'
import { earlierSource } from './overdue.ts'
import { type Lease, Stream } from './stream.ts'
import type { Team } from './team.ts'

/** The longest that a call waits for its answer. */
export const callTimeoutMs = 2_000
/** The most by which a timer is late. */
const timerMs = 4
/** A hold of a few seconds, which the end of its meter has cut, may end before its report arrives. */
const shortHoldMs = 15_000
/** A failed request excuses for this long: the next tries wait up to half a minute each. */
const excuseMs = 120_000

interface Parts {
  readonly now: () => number
  readonly elapsed: () => number
  readonly teamOf: (appId: string) => Team | undefined
}

/** Numbers of what has happened, so that a test can show that a run has seen it. */
export type Counts = Record<string, number>

/**
 * The oracle. It adds up what callers were answered and what the server booked, and after each of both checks that every call is
 * backed. A wrong client is reported as a violation.
 */
export class Ledger implements Observer {
  readonly violations: string[] = []
  /** Number of calls that were allowed out of leases. */
  allowed = 0
  readonly counts: Counts = {}
  readonly streams: Stream[] = []
  readonly machines = new Map<number, Machine>()
  /** The ids of events that clients have accepted, and of those that the server has recorded. */
  readonly toRecord = new Set<string>()
  readonly recordedIds = new Set<string>()
  /** Base units that events have recorded, by app and meter. */
  readonly recorded = new Map<string, number>()
  private readonly byKey = new Map<string, Stream>()
  private readonly leases = new Map<string, { readonly lease: Lease; readonly stream: Stream }>()
  private readonly lateTeams = new Set<Team>()
  readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  add(machine: Machine): void {
    this.machines.set(machine.slot, machine)
  }

  count(what: string, more = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + more
  }

  report(what: string): void {
    if (this.violations.length < 30) this.violations.push(`at ${this.parts.elapsed().toFixed(1)} ms: ${what}`)
  }

  streamOf(slot: number, { appId, meter }: Pick<Call, 'appId' | 'meter'>): Stream {
    const key = `${slot} ${appId} ${meter}`
    const known = this.byKey.get(key)
    if (known !== undefined) return known
    const stream = new Stream({ slot, appId, meter, teamId: this.parts.teamOf(appId)?.teamId ?? '' })
    this.byKey.set(key, stream)
    this.streams.push(stream)
    return stream
  }

  onDecision(machine: Machine, call: Call, decision: Decision): void {
    const stream = this.streamOf(machine.slot, call)
    const waitedMs = this.parts.elapsed() - call.at
    if (waitedMs > callTimeoutMs + timerMs && call.at >= machine.frozenUntil)
      this.report(`a call of machine ${machine.slot} waited ${waitedMs} ms`)
    this.count(decision.decision)
    if (decision.decision === 'deny') this.count(decision.refusal.code)
    // A long line of calls is served for longer than a call waits, where little can be held at a time.
    const isTrickling = machine.asks.partialAt >= call.at
    const isAway = decision.decision === 'unavailable' && !machine.isClosing && !isTrickling
    if (isAway && !this.isExcused(machine))
      this.report(`machine ${machine.slot} is answered as in an outage, but the network works`)
    if (decision.decision !== 'allow') return
    if (decision.fundedBy === undefined) {
      this.count('recorded later')
      stream.toRecord += call.quantity
      return
    }
    this.allowed += 1
    stream.admit(call.quantity, this.parts.now())
    this.check(stream)
    const team = this.parts.teamOf(call.appId)
    if (team === undefined) this.report(`${call.appId} is nobody's, and is allowed`)
    else this.checkFunds(team)
  }

  onFailure(machine: Machine, reason: string): void {
    this.report(`machine ${machine.slot}: ${reason}`)
  }

  onRecorded(id: string): void {
    this.toRecord.add(id)
  }

  onKill(machine: Machine, calls: readonly Call[]): void {
    this.count('kill')
    for (const call of calls) this.streamOf(machine.slot, call).underWay += call.quantity
    if (machine.disk !== undefined) return
    for (const stream of this.streams) if (stream.slot === machine.slot) stream.lostLives.add(machine.life)
  }

  onSettled(machine: Machine, settled: Settled): void {
    const fault = machine.asks.take(settled)
    if (fault !== undefined) this.report(`machine ${machine.slot} ${fault}`)
  }

  /** Takes the entries of each of the server's operations. */
  onEntries(entries: readonly Entry[], team: Team): void {
    for (const entry of entries) this.takeEntry(entry, team)
    for (const entry of entries) {
      const found = 'authorization' in entry && this.leases.get(entry.authorization.authorizationId)
      if (found) this.check(found.stream)
    }
    this.checkFunds(team)
  }

  private takeEntry(entry: Entry, team: Team): void {
    if (entry.kind === 'authorization') this.takeGrant(entry, team)
    if (entry.kind === 'capture') this.takeCapture(entry, team)
    if (entry.kind === 'void') this.closeLease(entry)
    if (entry.kind === 'usage') this.takeUsage(entry, team)
    if (entry.kind !== 'authorization') this.count(entry.kind)
  }

  private takeUsage({ source, id, usage }: EntryOf<'usage'>, team: Team): void {
    if (source === earlierSource) return
    this.lateTeams.add(team)
    if (source === recordedSource) {
      this.recordedIds.add(id)
      return
    }
    const key = `${usage.appId} ${usage.meter}`
    this.recorded.set(key, (this.recorded.get(key) ?? 0) + usage.quantity)
  }

  private takeGrant({ authorization, fundedBy }: EntryOf<'authorization'>, team: Team): void {
    const { authorizationId, appId, meter, quantity, expiresAt } = authorization
    const [, slot = '', life = ''] = /m(\d+)-(\d+)-/.exec(authorizationId) ?? []
    const stream = this.streamOf(Number(slot), { appId, meter })
    const lease = { authorizationId, quantity, grantedAt: team.now, expiresAt, life: Number(life), used: 0 }
    stream.grant(lease)
    this.leases.set(authorizationId, { lease, stream })
    this.count(`granted ${fundedBy}`)
  }

  private takeCapture({ authorization, usage, isLate, isOverrun }: EntryOf<'capture'>, team: Team): void {
    const found = this.leases.get(authorization.authorizationId)
    if (found === undefined) return
    const { lease, stream } = found
    lease.used = authorization.used
    stream.captured += usage.quantity
    if (isOverrun) this.report(`${lease.authorizationId} reports more than its ${lease.quantity}`)
    if (isLate) this.takeLate(lease, stream, team)
    if (authorization.closed) lease.closedAt ??= team.now
  }

  private takeLate(lease: Lease, stream: Stream, team: Team): void {
    this.count('late')
    this.lateTeams.add(team)
    if (lease.closedAt !== undefined)
      this.report(`${lease.authorizationId} reports use after its last report`)
    else if (this.isExcusedLease(lease, stream)) stream.isInDebt = true
    else this.report(`${lease.authorizationId} reports use after its hold, without a cause`)
  }

  private closeLease({ authorization }: EntryOf<'void'>): void {
    const found = this.leases.get(authorization.authorizationId)
    if (found !== undefined) found.lease.closedAt ??= this.parts.now()
  }

  /** Each admitted call is held or captured, and no capture reports more than was admitted. */
  check(stream: Stream): void {
    const { slot, appId, meter, unreported, givenBack, underWay } = stream
    const name = `${appId} ${meter} on machine ${slot}`
    if (unreported < -givenBack - underWay) this.report(`${name}: ${-unreported} more reported than admitted`)
    const excess = unreported - stream.heldAt(this.parts.now())
    if (excess <= 0 || stream.isInDebt) return
    const isExcused = stream.leases.some(
      (lease) => lease.closedAt === undefined && this.isExcusedLease(lease, stream),
    )
    if (isExcused) stream.isInDebt = true
    else this.report(`${name}: ${excess} admitted without a hold`)
  }

  /** True for a lease that has expired with open use for a reason that its client cannot help. */
  private isExcusedLease(lease: Lease, stream: Stream): boolean {
    const now = this.parts.now()
    if (now < lease.expiresAt) return false
    if (lease.expiresAt - lease.grantedAt < shortHoldMs) return true
    const machine = this.machines.get(stream.slot)
    if (machine === undefined) return false
    const isKilled = lease.life !== machine.life || !machine.isAlive
    return isKilled || this.isExcused(machine, this.parts.elapsed() - (now - lease.expiresAt) - excuseMs)
  }

  /** True for a machine that got no good answer, or that was frozen, since an instant. */
  isExcused({ troubles, frozenUntil }: Machine, since = this.parts.elapsed() - excuseMs): boolean {
    return Math.max(troubles.at(-1) ?? frozenUntil, frozenUntil) >= since
  }

  /** On a team that has nothing but tokens, what is admitted, held and left adds up to what was bought. */
  checkFunds(team: Team): void {
    if (team.account.shortfall.length > 0 && !this.lateTeams.has(team))
      this.report(`${team.teamId} has shortfall, and nothing was late`)
    if (!team.isExact) return
    team.passTo(this.parts.now())
    const { account } = team
    const own = this.streams.filter(({ teamId }) => teamId === team.teamId)
    let [admitted, held, unreported] = [0, 0, 0]
    for (const stream of own) {
      admitted += stream.admitted - stream.givenBack
      held += stream.heldAt(team.now)
      unreported += stream.unreported
    }
    const left = account.lots.reduce((sum, lot) => sum + lot.remaining, 0) - held
    const owed = account.shortfall.reduce((sum, row) => sum + row.units, 0)
    if (left < 0) this.report(`${team.teamId} holds ${-left} more than it has`)
    const sum = admitted + (held - unreported) + left - owed
    if (sum !== team.funded)
      this.report(`${team.teamId}: ${sum} admitted, held and left, ${team.funded} funded`)
  }
}
