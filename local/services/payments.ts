import { createHash } from 'node:crypto'
import { join } from 'node:path'
import * as v from 'valibot'
import type { EngineCall } from '../../audit/data-folder/engine-call.ts'
import { readJson, writeJson } from '../../audit/data-folder/json-file.ts'
import type { Bus, BusEvent } from './bus.ts'

const checkMilliseconds = 5_000
const secondMilliseconds = 1_000
const lateSecondsDefault = 86_400

/**
 * Behaviour of the payment stand-in for a team. `late` uses the test clock; `twice` sends the same result two
 * times.
 */
export const Behaviour = v.strictObject({
  behaviour: v.picklist(['settle', 'decline', 'late', 'twice']),
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
  correlationId: v.optional(v.string()),
})
const Pending = v.array(
  v.object({
    busName: v.string(),
    dueAt: v.number(),
    paymentId: v.string(),
    paymentReference: v.string(),
    correlationId: v.optional(v.string()),
  }),
)
type PendingPayment = v.InferOutput<typeof Pending>[number]

export interface PaymentParts {
  readonly bus: Bus
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

  /** Settles late payments that are due by the clock, in order. Returns their number. Never rejects. */
  fireDue(): Promise<number> {
    this.work = this.work.then(() => this.settleDue()).catch(() => 0)
    return this.work
  }

  private async settleDue(): Promise<number> {
    const now = this.parts.now()
    const due = this.pending.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)
    for (const payment of due) {
      await this.answer('PaymentSettled', payment)
      this.keep(this.pending.filter((other) => other !== payment))
    }
    return due.length
  }

  private async hear({ source, 'detail-type': type, detail }: BusEvent, busName: string): Promise<void> {
    if (source !== 'tollgate' || type !== 'PaymentRequested') return
    const { id, teamId, at, paymentReference, correlationId } = v.parse(Request, detail)
    const { behaviour, lateSeconds } = await this.behaviourOf(teamId)
    // One payment per request, even if the event arrives twice. An id is one for all teams, and has at most 64 characters:
    // a hash of the event's id.
    const paymentId = `sandbox-${createHash('sha256').update(id).digest('hex').slice(0, 32)}`
    const payment = { busName, paymentId, paymentReference, correlationId }
    if (behaviour === 'late') {
      // The delay counts from the request, not from the arrival of the event.
      const dueAt = Date.parse(at) + lateSeconds * secondMilliseconds
      const others = this.pending.filter((other) => !isSame(other, payment))
      return this.keep([...others, { ...payment, dueAt }])
    }
    // A team that settles received these tokens at the purchase.
    if (behaviour === 'settle' && !paymentReference.includes('~invoice:')) return
    const result = behaviour === 'decline' ? 'PaymentFailed' : 'PaymentSettled'
    await this.answer(result, payment)
    if (behaviour === 'twice') await this.answer(result, payment)
  }

  private async answer(result: string, payment: Omit<PendingPayment, 'dueAt'>): Promise<void> {
    const { busName, ...detail } = payment
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

function isSame(pending: PendingPayment, other: Omit<PendingPayment, 'dueAt'>): boolean {
  return pending.paymentId === other.paymentId && pending.paymentReference === other.paymentReference
}

/** The functions use the same key. */
function keyOf(teamId: string) {
  return { pk: { S: `TEAM#${teamId}` }, sk: { S: 'SANDBOX' } }
}
