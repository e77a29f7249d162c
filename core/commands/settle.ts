import type { Account } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import type { Decision } from '../decision.ts'
import type { Quote } from '../funding/quote.ts'
import type { Authorization, Entry, EntryOf } from '../journal/entry.ts'
import type { App } from '../migration/compliance.ts'
import type { Refusal } from '../refusal.ts'
import { type Authorize, authorize, type Granted } from './authorize.ts'
import { type Capture, type Captured, capture } from './capture.ts'

/** Several captures and authorizations of one team, decided in their order as if each had been sent alone. */
export interface Settle {
  readonly kind: 'settle'
  readonly rows: readonly SettledRow[]
}

export type SettledRow = Authorize | SettledCapture

export interface SettledCapture extends Capture {
  /** The next authorization of the same app and meter, decided after the capture has given back what was held. */
  readonly renew?: Pick<
    Authorize,
    'authorizationId' | 'quantity' | 'quantityMin' | 'holdSeconds' | 'quoteId' | 'budgetId'
  >
}

export interface SettleContext extends Context {
  /** The apps of the rows and of their authorizations, by id. */
  readonly apps: ReadonlyMap<string, App>
  /** The grants that were made before under ids that rows ask for, by id. */
  readonly grants: ReadonlyMap<string, EntryOf<'authorization'>>
  /** The quotes that rows name, by id; absent where no row names one. */
  readonly quotes?: ReadonlyMap<string, Quote>
  /** The authorizations of the captures and of `grants`, as their latest entries leave them, by id. */
  readonly authorizations: ReadonlyMap<string, Authorization>
}

/** The ids of the authorizations that rows ask for. */
export function askedIds(settled: Settle): readonly string[] {
  return askedOf(settled).map((asked) => asked.authorizationId)
}

/** The ids of the quotes that rows name. */
export function quoteIds(settled: Settle): readonly string[] {
  return askedOf(settled).flatMap((asked) => asked.quoteId ?? [])
}

function askedOf({ rows }: Settle): readonly Pick<Authorize, 'authorizationId' | 'quoteId'>[] {
  return rows.flatMap((row) => (row.kind === 'authorize' ? row : (row.renew ?? [])))
}

/** The ids of the authorizations that rows capture. */
export function capturedIds({ rows }: Settle): readonly string[] {
  return rows.flatMap((row) => (row.kind === 'capture' ? row.authorizationId : []))
}

/** The apps that rows authorize, without those of the captured authorizations. */
export function appIdsOf({ rows }: Settle): readonly string[] {
  return rows.flatMap((row) => (row.kind === 'authorize' ? row.appId : []))
}

/** An authorization that a row asks for, as the single command decides it. */
export interface AskedResult {
  readonly asked: Authorize
  readonly decided: Granted | Refusal
}

/** The result of one row, as that of the single command; `unknown` for a capture of an id without an authorization. */
export type SettledResult =
  | ({ readonly kind: 'authorize' } & AskedResult)
  | { readonly kind: 'capture'; readonly captured: Captured; readonly renewed?: AskedResult }
  | { readonly kind: 'unknown' }

/** The account, the entries and the latest authorizations after some rows. */
interface Running {
  readonly context: SettleContext
  readonly grants: Map<string, EntryOf<'authorization'>>
  readonly authorizations: Map<string, Authorization>
  readonly entries: Entry[]
  account: Account
  isPartial: boolean
}

/** Decides the rows one after the other, each on the account that those before it leave. All entries are written together. */
export function settle(
  account: Account,
  { rows }: Settle,
  context: SettleContext,
): Decision<readonly SettledResult[]> {
  const running: Running = {
    context,
    grants: new Map(context.grants),
    authorizations: new Map(context.authorizations),
    entries: [],
    account,
    isPartial: false,
  }
  const answer = rows.map((row) =>
    row.kind === 'authorize'
      ? ({ kind: 'authorize', ...settleAuthorize(running, row) } as const)
      : settleCapture(running, row),
  )
  return {
    account: running.account,
    entries: running.entries,
    answer,
    ...(running.isPartial && { isPartial: true }),
  }
}

function settleAuthorize(running: Running, command: Authorize): AskedResult {
  const { context, grants, authorizations, account } = running
  const { authorizationId, appId, quoteId = '' } = command
  const app = context.apps.get(appId)
  if (app === undefined) throw new Error(`app ${appId} of a settlement was not read`)
  const grant = grants.get(authorizationId)
  const latest = authorizations.get(authorizationId)
  const earlier = grant && latest && { grant, latest }
  const quote = context.quotes?.get(quoteId)
  const facts = { ...(quote && { quote }), ...(earlier && { earlier }) }
  const decided = authorize(account, command, { ...context, app, ...facts })
  if ('refused' in decided) {
    running.isPartial = true
    return { asked: command, decided }
  }
  take(running, decided)
  grants.set(authorizationId, decided.answer.entry)
  return { asked: command, decided: decided.answer }
}

function settleCapture(running: Running, { renew, ...command }: SettledCapture): SettledResult {
  const { context, authorizations, account } = running
  const authorization = authorizations.get(command.authorizationId)
  const app = authorization && context.apps.get(authorization.appId)
  if (authorization === undefined || app === undefined) {
    running.isPartial = true
    return { kind: 'unknown' }
  }
  const isFinal = command.isFinal || renew !== undefined
  const decided = capture(account, { ...command, isFinal }, { ...context, authorization, app })
  take(running, decided)
  const captured = decided.answer
  if (renew === undefined) return { kind: 'capture', captured }
  const { appId, meter } = authorization
  const renewed = settleAuthorize(running, { kind: 'authorize', appId, meter, ...renew })
  return { kind: 'capture', captured, renewed }
}

function take(running: Running, { account, entries }: Decision<unknown>): void {
  if (entries.length === 0) running.isPartial = true
  running.account = account
  running.entries.push(...entries)
  for (const entry of entries)
    if (entry.kind === 'authorization' || entry.kind === 'capture')
      running.authorizations.set(entry.authorization.authorizationId, entry.authorization)
}
