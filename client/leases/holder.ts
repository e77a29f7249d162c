import type { AllowedAuthorization, Refusal, RowResult } from '../answers.ts'
import type { Decision } from '../model.ts'
import type { Row, RowSource, Times } from '../settling/row.ts'
import { askAgainMs, type RefusedSource, type Team } from '../settling/team.ts'
import type { Desk } from './desk.ts'
import { type Lease, toLease } from './lease.ts'
import { askRow, type OpenAsk, reportRow } from './lease-rows.ts'
import { holdSecondsOf, leaseQuantity, type Pace, reportQuantity, reportSecondsMax } from './pace.ts'
import { RateMeter } from './rate-meter.ts'
import { deny, isRefused, type Refused, refusalOf, refusedBy } from './refusal-memory.ts'
import { Stock } from './stock.ts'
import { WaitingCalls } from './waiting-calls.ts'

const reportMsMax = reportSecondsMax * 1_000
/** The pause after a hold that was over when its answer arrived. */
const overAtOnceMs = 1_000

/**
 * Decides the calls of one app and meter. They spend the current lease; when it is used up, the next one takes its place, and
 * one row reports the old one and asks for another.
 */
export class Holder implements RowSource, RefusedSource {
  readonly appId: string
  readonly meter: string
  #team: Team
  readonly #desk: Desk
  readonly #elapsed: () => number
  readonly #stock = new Stock()
  readonly #waiting = new WaitingCalls()
  readonly #rate: RateMeter
  #ask?: OpenAsk
  #refused?: Refused
  #isAskingAgain = false
  #isClosed = false
  /** Base units that Tollgate could still grant when it last said so. */
  #remaining = Number.POSITIVE_INFINITY
  #cent = Number.POSITIVE_INFINITY
  #lastUseAt: number
  #totalAtTick = 0
  /** Base units that were admitted, also without Tollgate, and numbers of calls that were not. */
  readonly counts = { allowed: 0, recordedLater: 0, denied: 0, unavailable: 0 }

  constructor(appId: string, meter: string, desk: Desk) {
    this.appId = appId
    this.meter = meter
    this.#desk = desk
    this.#elapsed = desk.environment.elapsed
    this.#team = desk.teamOf(appId)
    this.#team.holders += 1
    this.#lastUseAt = this.#elapsed()
    this.#rate = new RateMeter(this.#lastUseAt)
  }

  /** Decides one call. The usual case is first: the current lease covers it. */
  allow(quantity: number): Promise<Decision> {
    const lease = this.#stock.current
    if (
      lease !== undefined &&
      lease.granted - lease.spent > quantity &&
      this.#stock.credit === 0 &&
      this.#waiting.isEmpty &&
      this.#elapsed() < lease.usableUntil
    ) {
      lease.spent += quantity
      this.counts.allowed += quantity
      return this.#desk.log.answer(lease)
    }
    return this.#allowSlowly(quantity)
  }

  #allowSlowly(quantity: number): Promise<Decision> {
    const now = this.#elapsed()
    if (this.#isClosed) return Promise.resolve(this.#stop(now))
    this.#stock.putAsideOver(now)
    if (this.#waiting.isEmpty) {
      const answer = this.#spend(quantity)
      if (answer !== undefined) return answer
    }
    if (isRefused(this.#refused, quantity, now)) return this.#refuse(this.#refused, quantity, now)
    if (this.#waiting.isFull || this.#desk.isOut(this.#team))
      return Promise.resolve(this.#goOn(quantity, now))
    return this.#wait(quantity, now)
  }

  /** Spends what is left of the leases; undefined where that does not cover the call. */
  #spend(quantity: number): Promise<Decision> | undefined {
    const decisive = this.#stock.current
    if (decisive === undefined || this.#stock.left < quantity) return undefined
    this.counts.allowed += quantity
    const answers = this.#stock.spend(quantity).map((lease) => this.#desk.log.answer(lease))
    this.#wakeIfNeeded()
    return answers.at(-1) ?? decisive.answer
  }

  #wait(quantity: number, now: number): Promise<Decision> {
    const answer = this.#waiting.add(quantity, now)
    this.#desk.watch()
    this.#wake()
    return answer
  }

  /** Refuses a call from memory, unless it is time to ask again: then this call waits for the answer. */
  #refuse(refused: Refused, quantity: number, now: number): Promise<Decision> {
    this.#team.refused.add(this)
    this.#team.askAgain(now)
    if (this.#isAskingAgain && this.#waiting.isEmpty) return this.#wait(quantity, now)
    this.counts.denied += 1
    return Promise.resolve(deny(refused, now))
  }

  askAgain(): void {
    this.#isAskingAgain = true
    this.#wake()
  }

  /** The decision where Tollgate cannot be asked. A known refusal stays one. */
  #goOn(quantity: number, now: number): Decision {
    if (isRefused(this.#refused, quantity, now)) {
      this.counts.denied += 1
      return deny(this.#refused, now)
    }
    const { appId, meter } = this
    if (!this.#desk.recordLater({ appId, meter, quantity })) return this.#stop(now)
    this.counts.recordedLater += quantity
    return { decision: 'allow', warnings: [] }
  }

  #stop(now: number): Decision {
    this.counts.unavailable += 1
    const seconds = Math.ceil((this.#team.notBefore - now) / 1_000)
    return { decision: 'unavailable', retryAfterSeconds: Math.max(1, seconds) }
  }

  giveBack(quantity: number): void {
    for (const lease of this.#stock.giveBack(quantity)) this.#desk.log.store(lease)
    this.counts.allowed -= quantity
  }

  /** Looks after the leases; to be called about once a second. */
  tick(now: number): void {
    this.#rate.read(this.counts.allowed, now)
    if (this.counts.allowed !== this.#totalAtTick) this.#lastUseAt = now
    this.#totalAtTick = this.counts.allowed
    this.#stock.putAsideOver(now)
    if (this.#isIdle(now)) this.#stock.putAsideAll()
    this.#wakeIfNeeded()
  }

  #isIdle(now: number): boolean {
    return now - this.#lastUseAt >= reportMsMax
  }

  /** True if the holder is idle and has nothing that would be lost with it. */
  isOver(now: number): boolean {
    return this.#isIdle(now) && this.isSettled && this.#stock.isEmpty && this.#waiting.isEmpty
  }

  /** True if no report and no ask is due or on its way. */
  get isSettled(): boolean {
    const isReporting = this.#stock.open.some((lease) => lease.isReporting || lease.settleAt === 0)
    return this.#ask === undefined && this.#stock.closing.size === 0 && !isReporting
  }

  /** Admits nothing any more, and returns everything. */
  close(): void {
    this.#isClosed = true
    this.#waiting.resolveAll(() => this.#stop(this.#elapsed()))
    this.#stock.putAsideAll()
    this.#wakeIfNeeded()
  }

  /** Reports all open use now. */
  report(): void {
    for (const lease of this.#stock.open) if (lease.spent > lease.reported) lease.settleAt = 0
    this.#wakeIfNeeded()
  }

  /** Ends the wait of calls that began before an instant. Returns the instant at which the first of the others began. */
  endWait(before: number, now: number): number | undefined {
    while ((this.#waiting.since ?? Number.POSITIVE_INFINITY) <= before)
      this.#waiting.resolveFirst(this.#goOn(this.#waiting.firstQuantity, now))
    return this.#waiting.since
  }

  #wake(): void {
    this.#desk.wake(this.#team, this)
  }

  #wakeIfNeeded(): void {
    const now = this.#elapsed()
    if (this.#stock.closing.size > 0 || this.#wantsLease() || this.#dueLeases(now).length > 0) this.#wake()
  }

  #pace(): Pace {
    return { cent: this.#cent, ...this.#rate.rates(this.counts.allowed) }
  }

  #dueLeases(now: number): readonly Lease[] {
    const most = reportQuantity(this.#pace())
    return this.#stock.open.filter((lease) => {
      const open = lease.spent - lease.reported
      if (open <= 0 || lease.isReporting) return false
      const isBeforeTurn = lease.settleAt !== undefined && now >= lease.settleAt
      return isBeforeTurn || open >= most || now - lease.reportedAt >= reportMsMax
    })
  }

  #wantsLease(): boolean {
    if (this.#ask !== undefined || this.#isClosed) return false
    if (!this.#waiting.isEmpty || this.#isAskingAgain) return true
    // The next lease is asked for in time, as long as this holder's share of what remains is worth a lease.
    const isSoon = this.#stock.isHalfUsed || this.#stock.closing.size > 0
    const isWorthIt = this.#refused === undefined && this.#remaining >= 2 * this.#desk.holders
    return isSoon && !this.#stock.hasNext && isWorthIt && !this.#isIdle(this.#elapsed())
  }

  takeRows(max: number): readonly Row[] {
    if (max < 1) return []
    const closing = [...this.#stock.closing].filter((lease) => !lease.isReporting).slice(0, max)
    const due = this.#dueLeases(this.#elapsed()).slice(0, max - closing.length)
    const hasRoom = closing.length > 0 || due.length < max
    const ask = hasRoom && this.#wantsLease() ? this.#openAsk() : undefined
    const [first, ...others] = closing
    return [
      ...(first ? [this.#report(first, true, ask)] : ask ? [askRow(this, ask)] : []),
      ...others.map((lease) => this.#report(lease, true)),
      ...due.map((lease) => this.#report(lease, false)),
    ]
  }

  #report(lease: Lease, isLast: boolean, ask?: OpenAsk): Row {
    const onClosed = () => this.#stock.remove(lease)
    return reportRow({ lease, desk: this.#desk, isLast, onClosed }, ask)
  }

  #openAsk(): OpenAsk {
    const { environment, holders, log } = this.#desk
    const pace = this.#pace()
    const waiting = Math.max(0, this.#waiting.quantity - this.#stock.left)
    const least = Math.max(1, this.#waiting.isEmpty ? (this.#refused?.quantity ?? 1) : this.#leastMissing())
    const need = { ...pace, waiting: Math.max(waiting, least), remaining: this.#remaining, holders }
    const quantity = leaseQuantity(need)
    const ask = {
      authorizationId: environment.newId(),
      quantity,
      quantityMin: Math.min(least, quantity),
      holdSeconds: holdSecondsOf(quantity, pace),
    }
    const place = log.open(ask.authorizationId)
    const open: OpenAsk = { ask, place, finish: (result, times) => this.#take(open, result, times) }
    this.#ask = open
    return open
  }

  /** Base units that the smallest waiting call lacks. */
  #leastMissing(): number {
    return this.#waiting.leastQuantity - this.#stock.left
  }

  #take(open: OpenAsk, result: RowResult | undefined, times: Times): void {
    this.#ask = undefined
    this.#isAskingAgain = false
    const answer = result?.authorization
    if (answer?.teamId !== undefined) this.#join(this.#desk.teamOf(this.appId, answer.teamId))
    if (answer?.decision === 'allow') this.#grant(answer, open, times)
    else {
      this.#desk.log.close(open.place)
      const refusal = answer?.refusal ?? (result?.problem && refusalOf(result.problem))
      // A grant whose answer came too late is over: the next ask has another id.
      if (refusal !== undefined && refusal.code !== 'AUTHORIZATION_CLOSED') this.#deny(refusal, open, times)
    }
    this.#serve()
    if (!this.#waiting.isEmpty) this.#wake()
    else this.#wakeIfNeeded()
  }

  #join(team: Team): void {
    if (team === this.#team) return
    this.leave()
    this.#team = team
    team.holders += 1
  }

  /** Leaves the team, at the end of the holder. */
  leave(): void {
    this.#team.holders -= 1
    this.#team.refused.delete(this)
  }

  #grant(authorization: AllowedAuthorization, { place }: OpenAsk, times: Times): void {
    const { environment, onProblem } = this.#desk
    const lease = toLease({ authorization, times, place, spread: environment.random() })
    this.#remaining = authorization.remaining ?? Number.POSITIVE_INFINITY
    this.#cent = authorization.reportAfter ?? Number.POSITIVE_INFINITY
    this.#refused = undefined
    this.#stock.add(lease)
    if (this.#isClosed) this.#stock.putAsideAll()
    if (lease.usableUntil > times.receivedAt) return
    // A server whose clock and answers disagree must not be asked without end.
    onProblem({
      what: 'request',
      status: 200,
      detail: `the hold of ${lease.authorizationId} was over at once`,
    })
    this.#team.notBefore = Math.max(this.#team.notBefore, times.receivedAt + overAtOnceMs)
  }

  #deny(refusal: Refusal, { ask }: OpenAsk, times: Times): void {
    this.#refused = refusedBy(refusal, ask.quantityMin, times)
    this.#remaining = 0
    this.#team.askAgainAt = Math.max(this.#team.askAgainAt, times.receivedAt + askAgainMs)
    const denied = deny(this.#refused, times.receivedAt)
    this.counts.denied += this.#waiting.resolveFrom(ask.quantityMin + this.#stock.left, denied)
  }

  /** Ends the wait of the calls that the leases cover now. */
  #serve(): void {
    this.#stock.putAsideOver(this.#elapsed())
    while (!this.#waiting.isEmpty) {
      const answer = this.#spend(this.#waiting.firstQuantity)
      if (answer === undefined) return
      this.#waiting.resolveFirst(answer)
    }
  }
}
