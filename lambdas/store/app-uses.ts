import { type Account, meterState } from '../../core/account/account.ts'
import { heldAt } from '../../core/account/holds.ts'
import {
  type AppOnMeter,
  type AppUse,
  authorizationOn,
  countedUse,
  holdSums,
  stillHeld,
} from '../../core/journal/app-use.ts'
import type { Authorization, Entry } from '../../core/journal/entry.ts'
import type { Instant, Period } from '../../core/time/time.ts'
import { Busy } from '../runtime/busy.ts'
import type { JournalStore } from './journal.ts'
import type { UsageView } from './usage-view.ts'

/** Entries that are read in the search for open authorizations. Older ones count against a limit when they are used. */
export const entriesExaminedMax = 2_000
/** Entries of the first page of that search; each further page is four times as large. */
const firstPage = 100
/** Entries by which the usage view may lag behind the account before it is updated. */
const lagMax = 200

export interface UseAt {
  /** Advanced to `now`. */
  readonly account: Account
  /** The account's version in the table. */
  readonly storedVersion: number
  readonly now: Instant
  /** The same object at each try of one operation: a further try reads only the entries since the last one. */
  readonly operation: object
}

/** Findings of the tries of one operation. */
interface Found {
  readonly period: Period
  /** The use as of `usedVersion`. */
  used: number
  usedVersion: number
  /** First and last version of the entries that were examined for authorizations. */
  first: number
  last: number
  /** Authorizations on the meter, of any app, as the last of these entries leave them. */
  readonly latest: Map<string, Authorization>
  /** True once nothing that is open on the meter is missing in `latest`. */
  isWhole: boolean
}

type Journal = Pick<JournalStore, 'whole' | 'contiguous'>
type Counts = Pick<UsageView, 'appUse' | 'catchUp'>

/** Finds what counts against a new limit: an app's use from the usage view, and its open authorizations from the journal. */
export class AppUseStore {
  private readonly journal: Journal
  private readonly view: Counts
  private readonly examinedMax: number
  private readonly found = new WeakMap<object, Found>()

  constructor(journal: Journal, view: Counts, examinedMax = entriesExaminedMax) {
    this.journal = journal
    this.view = view
    this.examinedMax = examinedMax
  }

  /**
   * The use of an app on a meter as of the account's stored version. Throws Busy while the usage view is rebuilt, and when the
   * journal's index or the view lags too far behind.
   */
  async find(at: UseAt, app: AppOnMeter): Promise<AppUse> {
    const { account, operation, storedVersion } = at
    const known = this.found.get(operation)
    const found = known?.period === account.period ? known : await this.begin(at, app)
    this.found.set(operation, found)
    const since = await this.journal.whole(account.teamId, found.last, storedVersion)
    addSince(found, since, app)
    await this.searchBack(found, at, app.meter)
    const own = [...found.latest.values()].filter(({ appId }) => appId === app.appId)
    if (found.isWhole) return { used: found.used, held: holdSums(own, at.now) }
    const counted = own.filter(({ grantVersion = 0 }) => grantVersion >= found.first)
    return { used: found.used, held: holdSums(counted, at.now), fromVersion: found.first }
  }

  private async begin({ account, storedVersion }: UseAt, { appId, meter }: AppOnMeter): Promise<Found> {
    const { teamId, period } = account
    let use = await this.view.appUse(teamId, appId, period)
    if (use !== undefined && storedVersion - use.version > lagMax) {
      await this.view.catchUp(teamId, storedVersion)
      use = await this.view.appUse(teamId, appId, period)
    }
    if (use === undefined || storedVersion - use.version > entriesExaminedMax) throw new Busy()
    const last = Math.min(use.version, storedVersion)
    const used = use.quantities.get(meter) ?? 0
    const first = last + 1
    return { period, used, usedVersion: use.version, first, last, latest: new Map(), isWhole: false }
  }

  /** Reads older entries until what is open on the meter adds up to the account's sums. */
  private async searchBack(found: Found, { account, now }: UseAt, meter: string): Promise<void> {
    const { free, paid } = meterState(account, meter)
    const held = heldAt(free, now) + heldAt(paid, now)
    for (let limit = firstPage; !found.isWhole; limit *= 4) {
      const heldByFound = [...found.latest.values()].reduce((sum, open) => sum + stillHeld(open, now), 0)
      found.isWhole = heldByFound >= held
      const rest = this.examinedMax - (found.last + 1 - found.first)
      if (found.isWhole || rest <= 0) return
      const page = await this.journal.contiguous(account.teamId, found.first, Math.min(limit, rest))
      if (page.length === 0) found.isWhole = true
      addBefore(found, page, meter)
    }
  }
}

function addSince(found: Found, entries: readonly Entry[], app: AppOnMeter): void {
  for (const entry of entries) {
    found.last = entry.version
    if (entry.version > found.usedVersion) {
      found.used += countedUse(entry, app, found.period)
      found.usedVersion = entry.version
    }
    const authorization = authorizationOn(entry, app.meter)
    if (authorization !== undefined) found.latest.set(authorization.authorizationId, authorization)
  }
}

/** Adds older entries, newest first: what is known of an authorization already is later. */
function addBefore(found: Found, entries: readonly Entry[], meter: string): void {
  for (const entry of entries) {
    found.first = entry.version
    const authorization = authorizationOn(entry, meter)
    if (authorization === undefined || found.latest.has(authorization.authorizationId)) continue
    found.latest.set(authorization.authorizationId, authorization)
  }
}
