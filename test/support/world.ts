import { type Account, emptyAccount } from '../../core/account/account.ts'
import { advance } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { type Authorize, authorize } from '../../core/commands/authorize.ts'
import { capture, voidAuthorization } from '../../core/commands/capture.ts'
import { type ChangePlan, changePlan } from '../../core/commands/choose-plan.ts'
import { grantLot, lotOf } from '../../core/commands/purchase-tokens.ts'
import { recordUsage } from '../../core/commands/record-usage.ts'
import { type Authorization, type Charge, chargesOf, type Entry } from '../../core/journal/entry.ts'
import { record } from '../../core/journal/fold.ts'
import type { Instant } from '../../core/time/time.ts'
import { launchCatalog } from './launch-catalog.ts'

/** One team and its journal in memory, driven by `core` alone: what a store would do, without races. */
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
    this.keep(
      record(this.account, this.now, {
        kind: 'team-changed',
        profile: { country: 'US', paymentMethod: 'credit-card', standing: 'good' },
      }),
    )
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

  plan(command: ChangePlan): string | undefined {
    const changed = changePlan(this.account, command, this.now, this.catalog)
    if ('refused' in changed) return changed.code
    this.keep(changed)
    return undefined
  }

  buy(tokens: number, ageMs = 0): void {
    this.count += 1
    this.keep(
      grantLot(this.account, lotOf(`lot-${this.count}`, tokens, this.now - ageMs), this.now, this.catalog),
    )
  }

  /** Asks; answers the refusal's code, or the new authorization's id. */
  ask(meter: string, quantity: number, holdSeconds = 3_600): { id: string } | { code: string } {
    this.count += 1
    const command: Authorize = {
      kind: 'authorize',
      authorizationId: `a${this.count}`,
      appId: 'app',
      meter,
      quantity,
      holdSeconds,
    }
    const decided = authorize(this.account, command, { now: this.now, catalog: this.catalog, app: this.app })
    if ('refused' in decided) return { code: decided.code }
    this.keep({ account: decided.account, entry: decided.answer })
    this.authorizations.set(command.authorizationId, decided.answer.authorization)
    return { id: command.authorizationId }
  }

  capture(id: string, used: number, isFinal = false): readonly Charge[] {
    const before = this.authorizations.get(id)
    if (before === undefined) throw new Error(`no authorization ${id}`)
    const captured = capture(this.account, before, { used, isFinal }, this.now, this.catalog)
    this.keep(captured)
    if (captured.entry !== undefined && 'authorization' in captured.entry) {
      this.authorizations.set(id, captured.entry.authorization)
    }
    return captured.charges
  }

  void(id: string): void {
    const before = this.authorizations.get(id)
    if (before === undefined) throw new Error(`no authorization ${id}`)
    const given = voidAuthorization(this.account, before, this.now)
    this.keep(given)
    if (given.entry !== undefined && 'authorization' in given.entry)
      this.authorizations.set(id, given.entry.authorization)
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
    const recorded = recordUsage(this.account, event, this.now, this.catalog)
    this.keep(recorded)
    return recorded.entry.kind === 'usage' ? recorded.entry.usage.charges : []
  }

  private keep({ account, entry }: { account: Account; entry?: Entry }): void {
    if (entry !== undefined) this.entries.push(entry)
    this.account = account
  }
}

/** The same story from the beginning, told by the journal alone. */
export function charges(entries: readonly Entry[]): readonly Charge[] {
  return entries.flatMap(chargesOf)
}
