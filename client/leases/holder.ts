import type { AllowedAuthorization, Refusal, RowResult } from '../answers.ts'
import type { Decision } from '../model.ts'
import type { Counts } from '../options.ts'
import type { Row, Times } from '../settling/row.ts'
import { askAgain, askAgainMs, type Team } from '../settling/team.ts'
import type { Desk } from './desk.ts'
import { type Lease, leftOf, toLease } from './lease.ts'
import { type Ask, reportRow } from './lease-rows.ts'
import { holdSecondsOf, leaseQuantity, reportQuantity, reportSecondsMax, unlimited } from './pace.ts'
import { createRateMeter } from './rate-meter.ts'
import { deny, isRefused, type Refused, refusalOf, refusedBy, secondsUntil } from './refusal-memory.ts'
import { putAside, returnToStock, type Stock, spendStock, stockLeft } from './stock.ts'

const reportMsMax = reportSecondsMax * 1_000
/** The pause after a hold that was over when its answer arrived. */
const overAtOnceMs = 1_000
/** Leases are looked after about once a second. */
const soonMs = 2_000
/** A hold that ends at the next full minutes, before tokens that expire today. */
const shortSeconds = 60
/** The most calls that wait for an answer at a time. */
const waitingMax = 10_000

interface Waiting {
  readonly quantity: number
  readonly resolve: (decision: Decision | Promise<Decision>) => void
}

/** Decides the calls of one app and meter. */
export interface Holder {
  readonly appId: string
  readonly meter: string
  readonly counts: Counts
  readonly allow: (quantity: number) => Promise<Decision>
  readonly giveBack: (quantity: number) => void
  /** Looks after the leases; to be called about once a second. */
  readonly tick: (now: number) => void
  /** Reports all open use now. */
  readonly report: () => void
  /** True if no report and no ask is due or on its way. */
  readonly isSettled: () => boolean
  /** True if the holder is idle and has nothing that would be lost with it. */
  readonly isOver: (now: number) => boolean
  /** Admits nothing any more, and returns everything. */
  readonly close: () => void
  /** Leaves the team, at the end of the holder. */
  readonly leave: () => void
}

/**
 * Opens the holder of an app and meter. Calls spend the first open lease; when it is used up, the next one takes its place, and
 * one row reports the old one and asks for another.
 */
export function openHolder(appId: string, meter: string, desk: Desk): Holder {
  const { environment, log, callTimeoutMs } = desk
  const { elapsed } = environment
  const stock: Stock = { open: [], closing: new Set(), credit: 0 }
  const counts = { allowed: 0, returned: 0, recordedLater: 0, denied: 0, unavailable: 0 }
  let current: Lease | undefined
  let latest: Promise<Decision> | undefined
  let waiting: Waiting[] = []
  let asked: Ask | undefined
  let refused: Refused | undefined
  let isAskingAgain = false
  let isClosed = false
  /** Until then, holds are short, because a longer one was refused, or granted in part. */
  let isShortUntil = 0
  /** Base units that Tollgate could still grant when it last said so. */
  let remaining = unlimited
  let cent = unlimited
  let lastCallAt = elapsed()
  let callsBefore = 0
  const rate = createRateMeter(lastCallAt)
  let team = desk.teamOf(appId)
  team.holders += 1

  /** The usual case is first: the current lease covers the call. */
  function allow(quantity: number): Promise<Decision> {
    const lease = current
    if (lease && lease.granted - lease.spent > quantity && elapsed() < lease.usableUntil) {
      lease.spent += quantity
      counts.allowed += quantity
      return log.answer(lease)
    }
    return allowSlowly(quantity)
  }

  function allowSlowly(quantity: number): Promise<Decision> {
    const now = elapsed()
    const answer = waiting.length === 0 && spend(quantity)
    if (answer) return answer
    const isOut = team.notBefore - now > callTimeoutMs
    const isStopped = isClosed || isOut || waiting.length >= waitingMax
    if (isRefusedNow(quantity)) {
      team.refused.add(askAgainHere)
      askAgain(team, now)
      // The call that asks again waits for the answer.
      if (!isAskingAgain || waiting.length > 0) return Promise.resolve(goOn(quantity, now))
    }
    return isStopped ? Promise.resolve(goOn(quantity, now)) : wait(quantity)
  }

  function wait(quantity: number): Promise<Decision> {
    return new Promise((resolve) => {
      const call = { quantity, resolve }
      waiting.push(call)
      environment.after(callTimeoutMs, () => endWait(call), true)
      refresh()
      wake()
    })
  }

  function endWait(call: Waiting): void {
    if (!waiting.includes(call)) return
    waiting = waiting.filter((each) => each !== call)
    call.resolve(goOn(call.quantity, elapsed()))
    refresh()
  }

  /** Spends what is left of the leases; undefined where that does not cover the call. */
  function spend(quantity: number): Promise<Decision> | undefined {
    const now = elapsed()
    putAside(stock, (lease) => now >= lease.usableUntil)
    if (stockLeft(stock) < quantity) return undefined
    const answers = spendStock(stock, quantity).map(log.answer)
    counts.allowed += quantity
    refresh()
    wakeIfNeeded()
    // Units that were given back are the latest lease's, and need no other answer.
    return answers.at(-1) ?? latest
  }

  function isRefusedNow(quantity: number): boolean {
    return isRefused(refused, quantity - stockLeft(stock), elapsed())
  }

  function askAgainHere(): void {
    isAskingAgain = true
    wake()
  }

  /** The decision without an answer of Tollgate. A known refusal stays one. */
  function goOn(quantity: number, now: number): Decision {
    if (!isClosed && refused && isRefusedNow(quantity)) {
      counts.denied += 1
      return deny(refused, now)
    }
    if (!isClosed && desk.recordLater({ appId, meter, quantity })) {
      counts.recordedLater += quantity
      return { decision: 'allow', warnings: [] }
    }
    counts.unavailable += 1
    return { decision: 'unavailable', retryAfterSeconds: secondsUntil(team.notBefore, now) }
  }

  function isIdle(now: number): boolean {
    return now - lastCallAt >= reportMsMax
  }

  function wake(): void {
    desk.wake(team, takeRows)
  }

  function wakeIfNeeded(): void {
    if (stock.closing.size > 0 || wantsLease() || dueLeases().length > 0) wake()
  }

  function pace() {
    return { cent, ...rate.rates(counts.allowed, elapsed()) }
  }

  function dueLeases(): readonly Lease[] {
    const now = elapsed()
    const most = reportQuantity(pace())
    return stock.open.filter(({ spent, reported, reportedAt, settleAt = unlimited, isReporting }) => {
      const isDue = now >= settleAt || spent - reported >= most || now - reportedAt >= reportMsMax
      return isDue && spent > reported && !isReporting
    })
  }

  function wantsLease(): boolean {
    if (asked || isClosed) return false
    if (waiting.length > 0 || isAskingAgain) return true
    // The next lease is asked for in time, as long as this holder's share of what remains is worth a lease.
    const [first, next] = stock.open
    const isHalfUsed = first && leftOf(first) * 2 <= first.granted
    const isSoon = !next && cent > 1 && (isHalfUsed || stock.closing.size > 0)
    return isSoon && !refused && remaining >= 2 * desk.holders && !isIdle(elapsed())
  }

  function takeRows(max: number): readonly Row[] {
    const closing = [...stock.closing].filter((lease) => !lease.isReporting).slice(0, max)
    const due = dueLeases().slice(0, max - closing.length)
    const hasRoom = closing.length > 0 || due.length < max
    const ask = hasRoom && wantsLease() ? openAsk() : undefined
    const rows = closing.map((lease, index) => report(lease, true, index === 0 ? ask : undefined))
    if (ask && rows.length === 0)
      rows.push({ body: { kind: 'authorization', appId, meter, ...ask.body }, finish: ask.finish })
    return [...rows, ...due.map((lease) => report(lease, false))]
  }

  function report(lease: Lease, isLast: boolean, ask?: Ask): Row {
    const onClosed = () => {
      putAside(stock, (each) => each === lease)
      stock.closing.delete(lease)
      refresh()
    }
    return reportRow({ lease, desk, isLast, onClosed, ask })
  }

  function openAsk(): Ask {
    const left = stockLeft(stock)
    const quantities = waiting.map((call) => call.quantity)
    const least = quantities.length > 0 ? Math.min(...quantities) - left : (refused?.quantity ?? 1)
    const all = quantities.reduce((sum, quantity) => sum + quantity, -left)
    const need = { ...pace(), waiting: Math.max(all, least), remaining, holders: desk.holders }
    const quantity = leaseQuantity(need)
    const authorizationId = environment.newId()
    const ask: Ask = {
      body: {
        authorizationId,
        quantity,
        quantityMin: Math.min(Math.max(1, least), quantity),
        holdSeconds: elapsed() < isShortUntil ? shortSeconds : holdSecondsOf(quantity, need),
      },
      place: log.open(authorizationId),
      finish: (result, times) => takeResult(ask, result, times),
    }
    asked = ask
    return ask
  }

  function takeResult(ask: Ask, result: RowResult | undefined, times: Times): void {
    const answer = result?.authorization
    asked = undefined
    isAskingAgain = false
    if (answer?.teamId) join(desk.teamOf(appId, answer.teamId))
    const isGranted = answer?.decision === 'allow'
    const { quantity, holdSeconds } = ask.body
    if (!isGranted || answer.quantity < quantity) isShortUntil = times.receivedAt + reportMsMax
    if (isGranted) grant(answer, ask, times)
    else {
      log.close(ask.place)
      const refusal = answer?.refusal ?? (result?.problem && refusalOf(result.problem))
      // A grant whose answer came too late is over, and money may suffice for a shorter hold: the next ask decides.
      const isOpen = holdSeconds > shortSeconds ? /^(AUTHORIZATION|TOKENS|SPEND)_/ : /^AUTHORIZATION_/
      if (refusal && !isOpen.test(refusal.code)) refuse(refusal, ask, times)
    }
    serve()
    // A lease that ends before the next looks at it is reported now.
    putAside(stock, (lease) => lease.usableUntil < elapsed() + soonMs)
    refresh()
    wakeIfNeeded()
  }

  function join(other: Team): void {
    if (other === team) return
    leave()
    team = other
    team.holders += 1
  }

  function leave(): void {
    team.holders -= 1
    team.refused.delete(askAgainHere)
  }

  function grant(authorization: AllowedAuthorization, { place }: Ask, times: Times): void {
    const lease = toLease({ authorization, times, place, spread: environment.random() })
    remaining = authorization.remaining ?? unlimited
    cent = authorization.reportAfter ?? unlimited
    refused = undefined
    stock.open = [...stock.open, lease]
    latest = lease.answer
    if (isClosed) putAside(stock, () => true)
    if (lease.usableUntil > times.receivedAt) return
    // A server whose clock and answers disagree must not be asked without end.
    desk.onProblem({ what: 'request', status: 200, detail: 'hold ended at once' })
    desk.pause(team, overAtOnceMs)
  }

  function refuse(refusal: Refusal, { body }: Ask, times: Times): void {
    refused = refusedBy(refusal, body.quantityMin, times)
    remaining = 0
    team.askAgainAt = Math.max(team.askAgainAt, times.receivedAt + askAgainMs)
  }

  /** Ends the wait of the calls that are covered or refused now. `refresh` follows. */
  function serve(): void {
    const before = waiting.length
    waiting = waiting.filter(({ quantity, resolve }) => {
      const answer = spend(quantity) ?? (isRefusedNow(quantity) && goOn(quantity, elapsed()))
      if (answer) resolve(answer)
      return !answer
    })
    // A call that was served may leave too little for another that was passed over.
    if (waiting.length > 0 && waiting.length < before) serve()
  }

  /** Calls that wait, and units that were given back, go first: only without them may calls take the short way. */
  function refresh(): void {
    current = stock.credit > 0 || waiting.length > 0 ? undefined : stock.open[0]
  }

  return {
    appId,
    meter,
    counts,
    allow,
    giveBack(quantity) {
      returnToStock(stock, quantity).forEach(log.store)
      counts.returned += quantity
      refresh()
    },
    tick(now) {
      rate.read(counts.allowed, now)
      const calls = Object.values(counts).reduce((sum, count) => sum + count)
      if (calls !== callsBefore) lastCallAt = now
      callsBefore = calls
      putAside(stock, (lease) => now >= lease.usableUntil || isIdle(now))
      refresh()
      wakeIfNeeded()
    },
    report() {
      for (const lease of stock.open) if (lease.spent > lease.reported) lease.settleAt = 0
      wakeIfNeeded()
    },
    isSettled() {
      const isReporting = stock.open.some((lease) => lease.isReporting || lease.settleAt === 0)
      return !asked && stock.closing.size === 0 && !isReporting
    },
    isOver: (now) => isIdle(now) && !asked && waiting.length + stock.open.length + stock.closing.size === 0,
    close() {
      isClosed = true
      for (const { quantity, resolve } of waiting) resolve(goOn(quantity, elapsed()))
      waiting = []
      putAside(stock, () => true)
      refresh()
      wakeIfNeeded()
    },
    leave,
  }
}
