import type { Account } from '../account/account.ts'
import { type Catalog, ratesAt } from '../catalog/catalog.ts'
import { authorizeNew, holdSecondsDefault } from '../commands/authorize.ts'
import type { Denial } from '../funding/denial.ts'
import { isStopped, stopsAt } from '../invoice/recovery.ts'
import type { Warning } from '../journal/entry.ts'
import type { AuthorizationRefusalCode } from '../refusal.ts'
import { earliest, type Instant } from '../time/time.ts'

/** A refusal that an authorization would meet; without a meter it concerns all of them. */
export interface Refused {
  readonly meter?: string
  readonly api?: string
  readonly refusal: Denial
}

/** A warning that an authorization would carry, or of a failed payment; without a meter it concerns all of them. */
export interface Warned {
  readonly meter?: string
  readonly warning: Warning
}

export interface Outlook {
  readonly refused: readonly Refused[]
  readonly warnings: readonly Warned[]
}

/** These refusals stop all rated meters alike, so each is reported once. */
const concernsEveryMeter: ReadonlySet<AuthorizationRefusalCode> = new Set([
  'PAYMENT_OVERDUE',
  'SHORTFALL_DUE',
])

/**
 * The refusals and warnings that an app in the team's hub, without a limit, would meet now for one base unit of each
 * meter: the decision of an authorization, without its last step. `account` has been advanced to `now`.
 */
export function outlook(account: Account, now: Instant, catalog: Catalog): Outlook {
  const unrated = askOne(account, '', true, now, catalog)
  if ('refused' in unrated) return { refused: [{ refusal: unrated }], warnings: [] }
  const general = unrated.answer.entry.warnings
  const refused: Refused[] = []
  const warnings: Warned[] = [...general, ...failedPayment(account)].map((warning) => ({ warning }))
  for (const { meter, api } of ratesAt(catalog, now)) {
    const answer = askOne(account, meter, true, now, catalog)
    if ('refused' in answer) refused.push({ meter, api, refusal: answer })
    else {
      const own = answer.answer.entry.warnings.filter(({ code }) =>
        general.every((other) => other.code !== code),
      )
      warnings.push(...own.map((warning) => ({ meter, warning })))
    }
  }
  return { refused: mergeRefused(refused), warnings }
}

/** The payment that failed first, until it stops the rated meters: from then on they are refused. */
function failedPayment({ dues }: Account): readonly Warning[] {
  const stops = dues.filter((due) => !isStopped(due)).flatMap((due) => stopsAt(due) ?? [])
  return stops.length === 0 ? [] : [{ code: 'PAYMENT_FAILED', until: Math.min(...stops) }]
}

/**
 * The refusal of every call by the team's apps in its hub, or by those outside it; undefined when they may make some call.
 * Nothing else about an app matters where no meter is asked for.
 */
export function appRefusal(
  account: Account,
  isInHub: boolean,
  now: Instant,
  catalog: Catalog,
): Denial | undefined {
  const answer = askOne(account, '', isInHub, now, catalog)
  return 'refused' in answer ? answer : undefined
}

/** Asks for one base unit as an app without a limit. An empty meter means an API that is not rated. */
function askOne(account: Account, meter: string, isInHub: boolean, now: Instant, catalog: Catalog) {
  const app = { appId: '', teamId: account.teamId, name: '', isInHub }
  const use = { appId: '', meter, quantity: 1, holdSeconds: holdSecondsDefault }
  return authorizeNew(account, { kind: 'authorize', authorizationId: '', ...use }, { now, catalog, app })
}

/**
 * Merges the refusals into one where every meter is stopped. It states what stops all of them, and the earliest instant
 * at which time lifts it for one of them.
 */
function mergeRefused(refused: readonly Refused[]): readonly Refused[] {
  const [first] = refused
  if (first === undefined || !concernsEveryMeter.has(first.refusal.code)) return refused
  const ends = refused.flatMap(({ refusal }) => refusal.resumesAt ?? [])
  const resumesAt = earliest(...ends)
  const missing = first.refusal.missing.filter(({ code }) => concernsEveryMeter.has(code))
  return [{ refusal: { ...first.refusal, missing, resumesAt } }]
}
