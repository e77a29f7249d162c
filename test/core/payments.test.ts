import { describe, expect, test } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { apply } from '../../core/journal/fold.ts'
import { World } from '../support/world.ts'

const statuses = ['failed', 'settled', 'refunded', 'charged-back'] as const
type Status = (typeof statuses)[number]
type Result = readonly [paymentId: string, status: Status]

const [priceUsdCents, spentUsdCents] = [30_000, 9_000]

/** The results that may follow each result, written down once more from the rules. Others are steps back. */
const follows: Readonly<Record<Status | 'none', readonly Status[]>> = {
  none: ['failed', 'settled', 'refunded', 'charged-back'],
  failed: ['settled', 'refunded', 'charged-back'],
  settled: ['refunded', 'charged-back'],
  refunded: [],
  'charged-back': ['settled'],
}

/** A purchase of 100 tokens by the rules alone. */
class Reference {
  status: 'pending' | 'failed' | 'paid' | 'refunded' | 'charged-back' = 'pending'
  creditUsdCents = 0
  private owner: string | undefined
  private readonly latest = new Map<string, Status>()

  take([paymentId, status]: Result): 'conflict' | 'nothing' | 'entry' {
    const before = this.latest.get(paymentId) ?? 'none'
    if (before === status) return 'nothing'
    if (!follows[before].includes(status)) return 'conflict'
    this.latest.set(paymentId, status)
    const isOpen = this.status === 'pending' || this.status === 'failed'
    if (status === 'failed') this.status = isOpen ? 'failed' : this.status
    else if (status === 'settled') this.settle(paymentId, isOpen)
    else if (before === 'settled') this.giveBack(paymentId, status)
    return 'entry'
  }

  private settle(paymentId: string, isOpen: boolean): void {
    const isWon = this.owner === paymentId && this.status === 'charged-back'
    if (!isOpen && !isWon) this.creditUsdCents += priceUsdCents
    else {
      this.status = 'paid'
      this.owner = paymentId
    }
  }

  private giveBack(paymentId: string, status: 'refunded' | 'charged-back'): void {
    if (this.owner === paymentId) this.status = status
    else this.creditUsdCents -= priceUsdCents
  }
}

/** A team that orders 100 tokens, and uses 30 of them once they are granted. */
class Buyer {
  readonly world = new World('2026-02-20T10:00:00Z')
  private readonly purchase: EntryOf<'purchase'>

  constructor() {
    const { world } = this
    world.plan({ plan: 'paid', payAsYouGo: false })
    const order = { kind: 'purchase-tokens', purchaseId: 'p1', tokens: 100, isPaidAtOnce: false } as const
    const ordered = world.decide(order, world.context)
    if ('refused' in ordered) throw new Error(ordered.code)
    this.purchase = ordered.answer.purchase
  }

  take([paymentId, status]: Result): 'conflict' | 'nothing' | 'entry' {
    const { world } = this
    const latest = this.payments.findLast((entry) => entry.paymentId === paymentId)
    const decided = world.decide(
      { kind: 'take-payment', paymentId, paidFor: { purchase: 'p1' }, status },
      { ...world.context, target: this.target, ...(latest && { latest }) },
    )
    if ('refused' in decided) return 'conflict'
    if (decided.entries.some(({ kind }) => kind === 'lot-granted')) world.use('automation-autocad', 30 * 720)
    return decided.entries.length === 0 ? 'nothing' : 'entry'
  }

  private get payments(): readonly EntryOf<'payment'>[] {
    return this.world.entries.filter((entry) => entry.kind === 'payment')
  }

  private get target() {
    const { purchase } = this
    const payable = this.payments.at(-1)?.payable ?? { status: 'pending' as const }
    const granted = this.world.entries.find((entry) => entry.kind === 'lot-granted')
    if (granted === undefined) return { purchase, payable }
    const takenBack = this.world.entries.reduce(
      (sum, entry) => (entry.kind === 'tokens-taken-back' ? sum + entry.milliTokens : sum),
      -(payable.restored?.milliTokens ?? 0),
    )
    return { purchase, payable, tokens: { lot: granted.lot, lapsed: 0, takenBack, recoveredUsdCents: 0 } }
  }

  /** The parts of the account that a payment may change. */
  get money() {
    const { account } = this.world
    return {
      status: this.payments.at(-1)?.payable.status ?? 'pending',
      milliTokens: account.lots.reduce((sum, lot) => sum + lot.remaining, 0),
      creditUsdCents: account.creditUsdCents,
      dues: account.dues.map(({ dueId, usdCents }) => ({ dueId, usdCents })),
    }
  }
}

function expectedOf({ status, creditUsdCents }: Reference) {
  return {
    status,
    milliTokens: status === 'paid' ? 70_000 : 0,
    creditUsdCents,
    dues: status === 'charged-back' ? [{ dueId: 'charge-back:p1', usdCents: spentUsdCents }] : [],
  }
}

function* orders(results: readonly Result[], length: number): Generator<readonly Result[]> {
  if (length === 0) return yield []
  for (const rest of orders(results, length - 1)) for (const result of results) yield [...rest, result]
}

const resultsOf = (...paymentIds: readonly string[]): readonly Result[] =>
  paymentIds.flatMap((paymentId) => statuses.map((status) => [paymentId, status] as const))

describe.each([
  ['one payment', resultsOf('a'), 5],
  ['two payments', resultsOf('a', 'b'), 4],
] as const)('results of %s in every order', (_, results, length) => {
  // Every shorter order is the beginning of a longer one.
  test(`leave the purchase as the rules say, up to ${length} results`, () => {
    for (const order of orders(results, length)) {
      const [reference, buyer] = [new Reference(), new Buyer()]
      for (const [index, result] of order.entries()) {
        const text = JSON.stringify(order.slice(0, index + 1))
        expect(buyer.take(result), text).toBe(reference.take(result))
        expect(buyer.money, text).toEqual(expectedOf(reference))
      }
      const { entries, account } = buyer.world
      expect(entries.reduce(apply, emptyAccount('acme'))).toEqual(account)
    }
  })
})
