import { type Account, type Budget, emptyAccount } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import type { Context } from '../../core/catalog/context.ts'
import type { ChoosePlan } from '../../core/commands/choose-plan.ts'
import { grantLot, lotOf } from '../../core/commands/grant-lot.ts'
import type { ReversedOperation } from '../../core/commands/reverse.ts'
import { type CommandKind, type CommandOf, type ContextOf, decide } from '../../core/decide.ts'
import { type Quote, quote } from '../../core/funding/quote.ts'
import { type Authorization, type Charge, chargesOf, type Entry } from '../../core/journal/entry.ts'
import { dayMs, type Instant, periodEnd } from '../../core/time/time.ts'
import { launchCatalog } from './launch-catalog.ts'

/** One team and its journal in memory, driven by `core` alone. It does the work of a store, without races. */
export class World {
  account: Account
  now: Instant
  readonly entries: Entry[] = []
  readonly authorizations = new Map<string, Authorization>()
  readonly quotes = new Map<string, Quote>()
  catalog: Catalog
  private count = 0

  constructor(now: string, catalog: Catalog = launchCatalog, teamId = 'acme') {
    this.now = Date.parse(now)
    this.catalog = catalog
    this.account = emptyAccount(teamId)
    const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' } as const
    this.decide({ kind: 'register-team', name: teamId, profile }, this.context)
  }

  get app() {
    return { appId: 'app', teamId: this.account.teamId, name: 'app', isInHub: true }
  }

  pass(ms: number): void {
    this.now += ms
    const advanced = advance(this.account, this.now, this.catalog)
    this.entries.push(...advanced.entries)
    this.account = advanced.account
  }

  plan(plan: Omit<ChoosePlan, 'kind'>): string | undefined {
    const decided = this.decide({ kind: 'choose-plan', ...plan }, this.context)
    return 'refused' in decided ? decided.code : undefined
  }

  /** Sets the team's subscriptions, each from its first day until the end of the month of its last one. */
  subscribe(...rows: readonly { product: string; count?: number; from: string; until?: string }[]): void {
    const subscriptions = rows.map(({ product, count = 1, from, until }) => {
      const end = until === undefined ? undefined : periodEnd(until.slice(0, 7))
      return { product, count, from: Date.parse(from), ...(end !== undefined && { until: end }) }
    })
    this.decide({ kind: 'set-subscriptions', subscriptions }, this.context)
  }

  buy(tokens: number, ageMs = 0): void {
    this.count += 1
    const lot = lotOf(`lot-${this.count}`, tokens, this.now - ageMs)
    const { account, entry } = grantLot(this.account, lot, this.context)
    this.keep(account, [entry])
  }

  /** Quotes a use. Returns the id of the quote. */
  quote(meter: string, quantity: number, validSeconds = 3_600): string {
    this.count += 1
    const quoteId = `q${this.count}`
    const asked = { quoteId, appId: 'app', meter, quantity, validSeconds }
    this.quotes.set(quoteId, quote(this.account, asked, this.context))
    return quoteId
  }

  /** Makes a budget for the app, until a time in milliseconds. Returns its id. */
  budget(
    measure: Budget['measure'],
    amount: number,
    every: Budget['every'] = 'day',
    ms = 30 * dayMs,
  ): string {
    this.count += 1
    const budgetId = `b${this.count}`
    const content = { budgetId, appId: 'app', name: 'Agent', measure, every, amount, endsAt: this.now + ms }
    this.decide({ kind: 'make-budget', ...content, keyHash: budgetId }, this.context)
    return budgetId
  }

  revoke(budgetId: string): void {
    this.decide({ kind: 'revoke-budget', budgetId }, this.context)
  }

  /** Requests an authorization. Returns the refusal's code, or the new authorization's id. */
  ask(
    meter: string,
    quantity: number,
    holdSeconds = 3_600,
    under: { quoteId?: string | undefined; budgetId?: string | undefined } = {},
  ): { id: string } | { code: string } {
    this.count += 1
    const authorizationId = `a${this.count}`
    const named = this.quotes.get(under.quoteId ?? '')
    const use = { appId: 'app', meter, quantity, holdSeconds, ...under }
    const decided = this.decide(
      { kind: 'authorize', authorizationId, ...use },
      { ...this.context, app: this.app, ...(named && { quote: named }) },
    )
    if ('refused' in decided) return { code: decided.code }
    return { id: authorizationId }
  }

  capture(id: string, used: number, isFinal = false): readonly Charge[] {
    const context = { ...this.context, authorization: this.authorizationOf(id), app: this.app }
    const decided = this.decide({ kind: 'capture', authorizationId: id, used, isFinal }, context)
    if ('refused' in decided) throw new Error(decided.code)
    return decided.answer.charges
  }

  void(id: string): void {
    const context = { ...this.context, authorization: this.authorizationOf(id) }
    this.decide({ kind: 'void', authorizationId: id }, context)
  }

  use(meter: string, quantity: number, ageMs = 0): readonly Charge[] {
    this.count += 1
    const event = {
      source: `urn:test:${this.account.teamId}`,
      id: `e${this.count}`,
      appId: 'app',
      meter,
      quantity,
      time: this.now - ageMs,
    }
    const context = { ...this.context, known: new Map() }
    const decided = this.decide({ kind: 'record-usage', events: [event] }, context)
    if ('refused' in decided) throw new Error(decided.code)
    return decided.answer.flatMap((result) => ('entry' in result ? result.entry.usage.charges : []))
  }

  /** Takes back the operation of an entry: a usage event, or an authorization with all its captures. */
  reverse(entry: Entry | undefined) {
    this.count += 1
    const operation: ReversedOperation = operationOf(entry)
    const own = this.entries.filter((other) => isOf(other, operation))
    const uses = own.filter((other) => other.kind === 'usage' || other.kind === 'capture')
    const authorization =
      'authorizationId' in operation ? this.authorizationOf(operation.authorizationId) : undefined
    const about = uses[0]?.usage ?? authorization
    if (about === undefined) throw new Error('no use')
    const found = {
      appId: about.appId,
      meter: about.meter,
      uses,
      history: this.entries,
      lots: this.formerLots(),
      ...(authorization && { authorization }),
    }
    const earlier = own.find((other) => other.kind === 'reversal')
    return this.decide(
      { kind: 'reverse', reversalId: `r${this.count}`, operation, reason: 'a mistake' },
      { ...this.context, found, ...(earlier && { earlier }) },
    )
  }

  /** Reports a payment of a purchase that was granted at once. */
  takeBack(lotId: string, status: 'refunded' | 'charged-back') {
    this.count += 1
    const former = this.formerLots().find(({ lot }) => lot.lotId === lotId)
    const granted = this.entries.find((entry) => entry.kind === 'lot-granted' && entry.lot.lotId === lotId)
    if (granted?.kind !== 'lot-granted' || former === undefined) throw new Error(`no lot ${lotId}`)
    const { lot, version, at } = granted
    const tokens = { ...this.sumsOf(lotId), lot, recoveredUsdCents: 0 }
    const price = { tokens: lot.milliTokens / 1_000, unitPriceUsdCents: 300, usdCents: lot.milliTokens * 0.3 }
    const order = {
      kind: 'purchase',
      teamId: this.account.teamId,
      version,
      at,
      purchaseId: lotId,
      ...price,
    } as const
    const status0 = this.withdrawnAt(lotId) === undefined ? 'paid' : 'refunded'
    return this.decide(
      { kind: 'take-payment', paymentId: `p${this.count}`, paidFor: { purchase: lotId }, status },
      { ...this.context, target: { purchase: order, payable: { status: status0 }, tokens } },
    )
  }

  /** All lots that were ever granted, as far as the account may no longer have them. */
  private formerLots() {
    return this.entries.flatMap((entry) => {
      if (entry.kind !== 'lot-granted') return []
      const { lot } = entry
      const { lapsed, takenBack } = this.sumsOf(lot.lotId)
      const withdrawnAt = this.withdrawnAt(lot.lotId)
      const spentMilliTokens = lot.milliTokens - lapsed - takenBack
      return [{ lot, spentMilliTokens, ...(withdrawnAt !== undefined && { withdrawnAt }) }]
    })
  }

  private withdrawnAt(lotId: string): number | undefined {
    const payment = this.entries.find((entry) => entry.kind === 'payment' && entry.withdrawn?.lotId === lotId)
    return payment?.kind === 'payment' ? payment.withdrawn?.unitPriceUsdCents : undefined
  }

  private sumsOf(lotId: string) {
    const sum = (kind: Entry['kind']) =>
      this.entries.reduce(
        (total, entry) =>
          entry.kind === kind && 'milliTokens' in entry && entry.lotId === lotId
            ? total + entry.milliTokens
            : total,
        0,
      )
    return { lapsed: sum('lot-expired'), takenBack: sum('tokens-taken-back') }
  }

  get context(): Context {
    return { now: this.now, catalog: this.catalog }
  }

  /** Decides a command and stores its entries. */
  decide<Kind extends CommandKind>(command: CommandOf<Kind>, context: ContextOf<Kind>) {
    const decided = decide(this.account, command, context)
    if (!('refused' in decided)) this.keep(decided.account, decided.entries)
    return decided
  }

  private authorizationOf(id: string): Authorization {
    const authorization = this.authorizations.get(id)
    if (authorization === undefined) throw new Error(`no authorization ${id}`)
    return authorization
  }

  private keep(account: Account, entries: readonly Entry[]): void {
    this.entries.push(...entries)
    for (const entry of entries)
      if ('authorization' in entry)
        this.authorizations.set(entry.authorization.authorizationId, entry.authorization)
    this.account = account
  }
}

function operationOf(entry: Entry | undefined): ReversedOperation {
  if (entry?.kind === 'usage') return { source: entry.source, id: entry.id }
  if (entry === undefined || !('authorization' in entry)) throw new Error('nothing to reverse')
  return { authorizationId: entry.authorization.authorizationId }
}

function isOf(entry: Entry, operation: ReversedOperation): boolean {
  if ('source' in operation)
    return 'source' in entry && entry.source === operation.source && entry.id === operation.id
  return 'authorization' in entry && entry.authorization.authorizationId === operation.authorizationId
}

/** The account, folded from the journal alone. */
export function charges(entries: readonly Entry[]): readonly Charge[] {
  return entries.flatMap(chargesOf)
}
