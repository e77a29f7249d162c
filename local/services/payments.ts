import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import * as v from 'valibot'
import type { EngineCall } from '../../audit/data-folder/engine-call.ts'
import { readJson, writeJson } from '../../audit/data-folder/json-file.ts'
import { type PaymentResultType, paymentResultTypes } from '../../contract/event-names.ts'
import { earliest } from '../../core/time/time.ts'
import type { Bus, BusEvent } from './bus.ts'

const checkMilliseconds = 5_000
const secondMilliseconds = 1_000
const lateSecondsDefault = 86_400

/** One result of a request. It follows after `delays` times the team's `lateSeconds`, by the test clock. */
interface Step {
  readonly result: PaymentResultType
  readonly delays: number
  /** True if it is the result of another payment, with another id, for the same request. */
  readonly isOtherPayment?: boolean
}

const settled: Step = { result: 'PaymentSettled', delays: 0 }
const failed: Step = { result: 'PaymentFailed', delays: 0 }
const chargedBack: Step = { result: 'PaymentChargedBack', delays: 1 }

const behaviours = [
  'settle',
  'decline',
  'late',
  'twice',
  'pay-twice',
  'fail-then-settle',
  'settle-then-fail',
  'refund',
  'charge-back',
  'win-dispute',
] as const

/** The results that each request has, by the behaviour of its team. */
const stepsOf: Readonly<Record<(typeof behaviours)[number], readonly Step[]>> = {
  settle: [settled],
  decline: [failed],
  late: [{ ...settled, delays: 1 }],
  twice: [settled, settled],
  'pay-twice': [settled, { ...settled, isOtherPayment: true }],
  'fail-then-settle': [failed, { ...settled, delays: 1 }],
  'settle-then-fail': [settled, { ...failed, delays: 1 }],
  refund: [settled, { result: 'PaymentRefunded', delays: 1 }],
  'charge-back': [settled, chargedBack],
  'win-dispute': [settled, chargedBack, { ...settled, delays: 2 }],
}

/** Behaviour of the payment stand-in for a team. */
export const Behaviour = v.strictObject({
  behaviour: v.picklist(behaviours),
  lateSeconds: v.optional(
    v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(400 * 86_400)),
    lateSecondsDefault,
  ),
})
export type Behaviour = v.InferOutput<typeof Behaviour>

const settling: Behaviour = { behaviour: 'settle', lateSeconds: lateSecondsDefault }

const Request = v.object({
  id: v.string(),
  teamId: v.string(),
  at: v.pipe(v.string(), v.isoTimestamp()),
  paymentReference: v.string(),
  attempt: v.number(),
  correlationId: v.optional(v.string()),
})
const Pending = v.array(
  v.object({
    busName: v.string(),
    dueAt: v.number(),
    result: v.picklist(paymentResultTypes),
    paymentId: v.string(),
    paymentReference: v.string(),
    correlationId: v.optional(v.string()),
  }),
)
type PendingPayment = v.InferOutput<typeof Pending>[number]

export interface PaymentParts {
  readonly bus: Bus
  /** The bus on which results of payments are awaited. */
  readonly busName: string
  readonly call: EngineCall
  readonly tableName: string
  readonly dataDir: string
  readonly now: () => number
}

/** Sends a result for every `PaymentRequested` on the bus, as the team's behaviour defines it. */
export class SandboxPayments {
  private readonly parts: PaymentParts
  private readonly file: string
  private pending: readonly PendingPayment[]
  private work: Promise<number> = Promise.resolve(0)
  private timer: NodeJS.Timeout | undefined

  constructor(parts: PaymentParts) {
    this.parts = parts
    this.file = join(parts.dataDir, 'payments.json')
    this.pending = v.parse(Pending, readJson(this.file) ?? [])
    parts.bus.listen((event, busName) => this.hear(event, busName))
  }

  start(): void {
    this.timer = setInterval(() => void this.fireDue(), checkMilliseconds)
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.work
  }

  /**
   * Stores the behaviour in the table, because purchases read it: only a team that settles receives its
   * tokens at once.
   */
  async setBehaviour(teamId: string, { behaviour, lateSeconds }: Behaviour): Promise<void> {
    const item = { behaviour: { S: behaviour }, lateSeconds: { N: String(lateSeconds) } }
    const Item = { ...keyOf(teamId), ...item }
    await this.parts.call('DynamoDB_20120810', 'PutItem', { TableName: this.parts.tableName, Item })
  }

  /** Reports the result of a payment that a person makes on the sandbox's page: a new payment each time. */
  async report(paymentReference: string, result: 'PaymentSettled' | 'PaymentFailed'): Promise<void> {
    const paymentId = paymentIdOf(randomUUID())
    await this.answer({ busName: this.parts.busName, result, paymentId, paymentReference })
  }

  /** The first instant at which a late result is due; undefined without one. */
  nextDue(): number | undefined {
    return earliest(...this.pending.map(({ dueAt }) => dueAt))
  }

  /** Sends late results that are due by the clock, in order. Returns their number. Never rejects. */
  fireDue(): Promise<number> {
    this.work = this.work.then(() => this.sendDue()).catch(() => 0)
    return this.work
  }

  private async sendDue(): Promise<number> {
    const now = this.parts.now()
    const due = this.pending.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)
    for (const payment of due) {
      await this.answer(payment)
      this.keep(this.pending.filter((other) => other !== payment))
    }
    return due.length
  }

  private async hear({ source, 'detail-type': type, detail }: BusEvent, busName: string): Promise<void> {
    if (source !== 'tollgate' || type !== 'PaymentRequested') return
    const { id, teamId, at, paymentReference, attempt, correlationId } = v.parse(Request, detail)
    const { behaviour, lateSeconds } = await this.behaviourOf(teamId)
    // A team that settles received these tokens at the purchase, unless it pays a purchase again.
    if (behaviour === 'settle' && attempt === 0 && !isDue(paymentReference)) return
    for (const { result, delays, isOtherPayment } of stepsOf[behaviour]) {
      const paymentId = paymentIdOf(isOtherPayment ? `${id}/other` : id)
      const payment = { busName, result, paymentId, paymentReference, correlationId }
      // The delay counts from the request, not from the arrival of the event.
      const dueAt = Date.parse(at) + delays * lateSeconds * secondMilliseconds
      if (delays === 0) await this.answer(payment)
      else this.keep([...this.pending.filter((other) => !isSame(other, payment)), { ...payment, dueAt }])
    }
  }

  private async answer(payment: Omit<PendingPayment, 'dueAt'>): Promise<void> {
    const { busName, result, paymentId, paymentReference, correlationId } = payment
    const detail = { paymentId, paymentReference, correlationId }
    await this.parts.bus.put(busName, 'payments', result, detail)
  }

  private async behaviourOf(teamId: string): Promise<Behaviour> {
    const { call, tableName } = this.parts
    const input = { TableName: tableName, Key: keyOf(teamId), ConsistentRead: true }
    const { Item } = v.parse(Found, await call('DynamoDB_20120810', 'GetItem', input))
    if (Item === undefined) return settling
    return v.parse(Behaviour, { behaviour: Item.behaviour.S, lateSeconds: Number(Item.lateSeconds.N) })
  }

  private keep(pending: readonly PendingPayment[]): void {
    this.pending = pending
    writeJson(this.file, pending)
  }
}

const Found = v.object({
  Item: v.optional(
    v.object({ behaviour: v.object({ S: v.string() }), lateSeconds: v.object({ N: v.string() }) }),
  ),
})

/** One payment per request, even if the event arrives twice. An id is one for all teams, and has at most 64 characters. */
function paymentIdOf(eventId: string): string {
  return `sandbox-${createHash('sha256').update(eventId).digest('hex').slice(0, 32)}`
}

/** A reference to an invoice or a charge-back names its kind; one to a purchase does not. */
function isDue(paymentReference: string): boolean {
  return paymentReference.includes(':')
}

function isSame(pending: PendingPayment, other: Omit<PendingPayment, 'dueAt'>): boolean {
  return pending.paymentId === other.paymentId && pending.result === other.result
}

/** The functions use the same key. */
function keyOf(teamId: string) {
  return { pk: { S: `TEAM#${teamId}` }, sk: { S: 'SANDBOX' } }
}
