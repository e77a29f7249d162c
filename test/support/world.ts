import { type Account, emptyAccount } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import type { Context } from '../../core/catalog/context.ts'
import type { ChoosePlan } from '../../core/commands/choose-plan.ts'
import { grantLot, lotOf } from '../../core/commands/grant-lot.ts'
import { type CommandKind, type CommandOf, type ContextOf, decide } from '../../core/decide.ts'
import { type Authorization, type Charge, chargesOf, type Entry } from '../../core/journal/entry.ts'
import type { Instant } from '../../core/time/time.ts'
import { launchCatalog } from './launch-catalog.ts'

/** One team and its journal in memory, driven by `core` alone. It does the work of a store, without races. */
export class World {
  account: Account
  now: Instant
  readonly entries: Entry[] = []
  readonly authorizations = new Map<string, Authorization>()
  readonly catalog: Catalog
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

  buy(tokens: number, ageMs = 0): void {
    this.count += 1
    const lot = lotOf(`lot-${this.count}`, tokens, this.now - ageMs)
    const { account, entry } = grantLot(this.account, lot, this.context)
    this.keep(account, [entry])
  }

  /** Requests an authorization. Returns the refusal's code, or the new authorization's id. */
  ask(meter: string, quantity: number, holdSeconds = 3_600): { id: string } | { code: string } {
    this.count += 1
    const authorizationId = `a${this.count}`
    const decided = this.decide(
      { kind: 'authorize', authorizationId, appId: 'app', meter, quantity, holdSeconds },
      { ...this.context, app: this.app },
    )
    if ('refused' in decided) return { code: decided.code }
    return { id: authorizationId }
  }

  capture(id: string, used: number, isFinal = false): readonly Charge[] {
    const context = { ...this.context, authorization: this.authorizationOf(id) }
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

/** The account, folded from the journal alone. */
export function charges(entries: readonly Entry[]): readonly Charge[] {
  return entries.flatMap(chargesOf)
}
