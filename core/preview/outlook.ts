import type { Account } from '../account/account.ts'
import { type Catalog, ratesAt } from '../catalog/catalog.ts'
import { authorizeNew, holdSecondsDefault } from '../commands/authorize.ts'
import { isStopped, stopsAt } from '../invoice/recovery.ts'
import type { Warning } from '../journal/entry.ts'
import type { AuthorizationRefusalCode, Refusal } from '../refusal.ts'
import type { Instant } from '../time/time.ts'

/** A refusal that an authorization would meet; without a meter it concerns all of them. */
export interface Refused {
  readonly meter?: string
  readonly api?: string
  readonly refusal: Refusal<AuthorizationRefusalCode>
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

/** They stop all rated meters alike, so they are told once. */
const concernsEveryMeter: ReadonlySet<AuthorizationRefusalCode> = new Set([
  'PAYMENT_OVERDUE',
  'SHORTFALL_DUE',
])

/**
 * What an app of the team that is in its hub, and has no limit of its own, would be answered now for one base unit of each
 * meter: the decision of an authorization, without its last step. `account` has been advanced to `now`.
 */
export function outlook(account: Account, now: Instant, catalog: Catalog): Outlook {
  const unrated = asked(account, '', true, now, catalog)
  if ('refused' in unrated) return { refused: [{ refusal: unrated }], warnings: [] }
  const general = unrated.answer.warnings
  const refused: Refused[] = []
  const warnings: Warned[] = [...general, ...failedPayment(account)].map((warning) => ({ warning }))
  for (const { meter, api } of ratesAt(catalog, now)) {
    const answer = asked(account, meter, true, now, catalog)
    if ('refused' in answer) refused.push({ meter, api, refusal: answer })
    else {
      const own = answer.answer.warnings.filter(({ code }) => general.every((other) => other.code !== code))
      warnings.push(...own.map((warning) => ({ meter, warning })))
    }
  }
  return { refused: toldOnce(refused), warnings }
}

/** The payment that failed first, until it stops what is rated: from then on that is refused. */
function failedPayment({ unpaid }: Account): readonly Warning[] {
  const stops = unpaid.filter((bill) => !isStopped(bill)).flatMap((bill) => stopsAt(bill) ?? [])
  return stops.length === 0 ? [] : [{ code: 'PAYMENT_FAILED', until: Math.min(...stops) }]
}

/**
 * Why the team's apps that are in its hub, or those that are not, may not make any call now; undefined when they may make
 * some. Nothing else about an app matters where no meter is asked for.
 */
export function appRefusal(
  account: Account,
  isInHub: boolean,
  now: Instant,
  catalog: Catalog,
): Refusal<AuthorizationRefusalCode> | undefined {
  const answer = asked(account, '', isInHub, now, catalog)
  return 'refused' in answer ? answer : undefined
}

/** Asks as an app without a limit of its own. No meter: an API that is not rated. */
function asked(account: Account, meter: string, isInHub: boolean, now: Instant, catalog: Catalog) {
  const app = { appId: '', teamId: account.teamId, name: '', isInHub }
  const ask = {
    kind: 'authorize' as const,
    authorizationId: '',
    appId: '',
    meter,
    quantity: 1,
    holdSeconds: holdSecondsDefault,
  }
  return authorizeNew(account, ask, { now, catalog, app })
}

/** Keeps one refusal of those that stop every meter, with the earliest instant at which time lifts it for one of them. */
function toldOnce(refused: readonly Refused[]): readonly Refused[] {
  const [first] = refused
  if (first === undefined || !concernsEveryMeter.has(first.refusal.code)) return refused
  const ends = refused.flatMap(({ refusal }) => refusal.resumesAt ?? [])
  const resumesAt = ends.length > 0 ? Math.min(...ends) : undefined
  return [{ refusal: { ...first.refusal, resumesAt } }]
}
