import type { Account } from '../../core/account/account.ts'
import { assert } from '../../core/assert.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import type { Context } from '../../core/catalog/context.ts'
import { needsUse } from '../../core/commands/limit-app.ts'
import { appIdsOf, askedIds, capturedIds } from '../../core/commands/settle.ts'
import type { CommandKind, CommandOf, ContextOf } from '../../core/decide.ts'
import type { Authorization, Entry } from '../../core/journal/entry.ts'
import { type App, complianceOf } from '../../core/migration/compliance.ts'
import { knownAs } from './entry-item.ts'
import { adjustmentKey, authorizationKey, campaignNoticeKey, eventKey, purchaseKey } from './keys.ts'
import type { KnownEntries } from './known-entries.ts'
import { paymentTarget, purchaseState } from './payment-target.ts'
import type { Stores } from './stores.ts'

/** A command's circumstances, from which its context is loaded. */
export interface Loading<Kind extends CommandKind> {
  readonly stores: Stores
  readonly context: Context
  /** Advanced to `context.now`. */
  readonly account: Account
  /** The account's version in the table, without the entries that time has made since. */
  readonly storedVersion: number
  /** Entries that already exist under a key of this operation. */
  readonly known: KnownEntries
  /** Entries that time has made since the account was stored, and that are not written yet. */
  readonly timely: readonly Entry[]
  /** Parts of the context that the caller has just read; empty after a lost race that may have changed them. */
  readonly given: Partial<ContextOf<Kind>>
}

type Loader<Kind extends CommandKind> = (
  command: CommandOf<Kind>,
  loading: Loading<Kind>,
) => ContextOf<Kind> | Promise<ContextOf<Kind>>

/** Reads the other inputs of a command, besides its team's account and the catalog. Called for each try of an operation. */
export async function loadContext<Kind extends CommandKind>(
  command: CommandOf<Kind>,
  loading: Loading<Kind>,
): Promise<ContextOf<Kind>> {
  const load: Loaders[Kind] = loaders[command.kind]
  return load(command, loading)
}

type Loaders = { readonly [Kind in CommandKind]: Loader<Kind> }

const loadNothing = (_command: unknown, { context }: { readonly context: Context }): Context => context

const loaders: Loaders = {
  authorize: async ({ appId, authorizationId }, loading) => {
    const { stores, context, known, given } = loading
    const app = given.app ?? (await stores.apps.find(appId))
    assert(app !== undefined, `app ${appId} stays`)
    const grant = known.find(authorizationKey(authorizationId), 'authorization')
    const latest = grant && (await stores.journal.authorization(authorizationId))?.authorization
    const catalog = await catalogFor([app], loading)
    return { ...context, catalog, app, ...(grant && latest && { earlier: { grant, latest } }) }
  },
  capture: async ({ authorizationId }, loading) => {
    const authorization = await latest(authorizationId, loading)
    const app = await loading.stores.apps.find(authorization.appId)
    assert(app !== undefined, `app ${authorization.appId} stays`)
    return { ...loading.context, catalog: await catalogFor([app], loading), authorization, app }
  },
  settle: async (command, loading) => {
    const { stores, context, known, given } = loading
    const grants = new Map(
      askedIds(command).flatMap((id) => {
        const grant = known.find(authorizationKey(id), 'authorization')
        return grant === undefined ? [] : [[id, grant] as const]
      }),
    )
    const authorizations = new Map([
      ...(given.authorizations ?? (await authorizationsOf(capturedIds(command), stores))),
      ...(await authorizationsOf([...grants.keys()], stores)),
    ])
    const appIds = [...appIdsOf(command), ...[...authorizations.values()].map(({ appId }) => appId)]
    const apps = await stores.apps.findAll(appIds)
    const catalog = await catalogFor([...apps.values()], loading)
    return { ...context, catalog, grants, authorizations, apps }
  },
  void: async ({ authorizationId }, loading) => {
    return { ...loading.context, authorization: await latest(authorizationId, loading) }
  },
  'record-usage': ({ events }, { context, known }) => {
    const found = events.flatMap((event) => {
      const entry = known.get(eventKey(event.source, event.id))
      return entry === undefined ? [] : [[event, knownAs(event, entry)] as const]
    })
    return { ...context, known: new Map(found) }
  },
  'choose-plan': loadNothing,
  'purchase-tokens': async ({ purchaseId }, { stores, context, account, known }) => {
    const purchase = known.find(purchaseKey(account.teamId, purchaseId), 'purchase')
    if (purchase === undefined) return context
    return { ...context, earlier: { purchase, ...(await purchaseState(stores, account.teamId, purchaseId)) } }
  },
  'pay-purchase': async ({ purchaseId }, loading) => {
    const requested = await loading.stores.payables.requests(loading.account.teamId, purchaseId)
    return { ...loading.context, ...(await purchaseOf(purchaseId, loading)), attempts: requested + 1 }
  },
  'give-up-purchase': async ({ purchaseId }, loading) => {
    return { ...loading.context, ...(await purchaseOf(purchaseId, loading)) }
  },
  'take-payment': async ({ paymentId, paidFor }, { stores, context, account, timely }) => {
    const [latest, target] = await Promise.all([
      stores.journal.payment(paymentId),
      paymentTarget(stores, account, paidFor, timely),
    ])
    return { ...context, ...(latest && { latest }), ...(target && { target }) }
  },
  reverse: async (command, { stores, context, account, storedVersion, timely }) => {
    const at = { ...context, storedVersion, timely }
    return { ...context, ...(await stores.reversals.find(stores, account, command, at)) }
  },
  'limit-app': async (command, { stores, context, account, storedVersion, known }) => {
    if (!needsUse(account, command)) return context
    const at = { account, storedVersion, now: context.now, operation: known }
    return { ...context, use: await stores.appUses.find(at, command) }
  },
  'set-subscriptions': loadNothing,
  'register-team': async (_, { stores, context, account }) => {
    return { ...context, today: (await stores.teams.find(account.teamId))?.name }
  },
  'name-hub': async (_, { stores, context, account }) => {
    return { ...context, today: (await stores.teams.find(account.teamId))?.hubName }
  },
  'move-app': async ({ appId }, { stores, context, account, given }) => {
    const hasHub = given.hasHub ?? (await stores.teams.find(account.teamId))?.hubName !== undefined
    return { ...context, hasHub, app: await stores.apps.find(appId) }
  },
  suspend: loadNothing,
  resume: loadNothing,
  adjust: ({ adjustmentId }, { context, account, known }) => {
    return { ...context, earlier: known.find(adjustmentKey(account.teamId, adjustmentId), 'adjustment') }
  },
  erase: loadNothing,
  notify: async ({ campaign, step }, { stores, context, account, known }) => {
    const isNotified = known.has(campaignNoticeKey(account.teamId, campaign.campaignId, step))
    return { ...context, isNotified, apps: await stores.apps.ofTeam(account.teamId) }
  },
}

/** A campaign's deadline decides over an app that does not comply, and it may just have moved: then the catalog is read again. */
async function catalogFor(
  apps: readonly App[],
  { stores, account, context: { now, catalog } }: Loading<CommandKind>,
): Promise<Catalog> {
  const isDecided = apps.every((app) => complianceOf(app, account, now, catalog).missing.length === 0)
  return isDecided ? catalog : stores.catalog.read()
}

async function authorizationsOf(ids: readonly string[], { journal }: Stores) {
  const found = await journal.authorizations(ids)
  return [...found].map(([id, { authorization }]) => [id, authorization] as const)
}

/** The authorization after its latest entry: as the caller has just read it, or read again if another entry came first. */
async function latest(
  authorizationId: string,
  { stores, given }: Loading<'capture'> | Loading<'void'>,
): Promise<Authorization> {
  const authorization =
    given.authorization ?? (await stores.journal.authorization(authorizationId))?.authorization
  assert(authorization !== undefined, `authorization ${authorizationId} stays`)
  return authorization
}

/** The purchase of a command whose caller has found it, and its state after its payments. */
async function purchaseOf(
  purchaseId: string,
  { stores, account: { teamId } }: Loading<'pay-purchase'> | Loading<'give-up-purchase'>,
) {
  const [purchase, { payable }] = await Promise.all([
    stores.journal.find(purchaseKey(teamId, purchaseId), 'purchase'),
    purchaseState(stores, teamId, purchaseId),
  ])
  assert(purchase !== undefined, `purchase ${purchaseId} stays`)
  return { purchase, payable }
}
