import type { Account } from '../../core/account/account.ts'
import { assert } from '../../core/assert.ts'
import type { Context } from '../../core/catalog/context.ts'
import { appUseSince } from '../../core/commands/limit-app.ts'
import type { TakePayment } from '../../core/commands/take-payment.ts'
import type { CommandKind, CommandOf, ContextOf } from '../../core/decide.ts'
import type { Authorization } from '../../core/journal/entry.ts'
import { complianceOf } from '../../core/migration/compliance.ts'
import { knownAs } from './entry-item.ts'
import {
  adjustmentKey,
  authorizationKey,
  campaignNoticeKey,
  eventKey,
  invoiceKey,
  lotGrantedKey,
  purchaseKey,
} from './keys.ts'
import type { KnownEntries } from './known-entries.ts'
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
  authorize: async ({ appId, authorizationId }, { stores, context, account, known, given }) => {
    const app = given.app ?? (await stores.apps.find(appId))
    assert(app !== undefined, `app ${appId} stays`)
    const grant = known.find(authorizationKey(authorizationId), 'authorization')
    const latest = grant && (await stores.journal.authorization(authorizationId))?.authorization
    const { missing } = complianceOf(app, account, context.now, context.catalog)
    // A campaign's deadline decides, and it may just have moved, so the remembered catalog may be too old.
    const catalog = missing === undefined ? context.catalog : await stores.catalog.read()
    return { ...context, catalog, app, ...(grant && latest && { earlier: { grant, latest } }) }
  },
  capture: async ({ authorizationId }, loading) => {
    return { ...loading.context, authorization: await latest(authorizationId, loading) }
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
    const granted = await stores.journal.find(lotGrantedKey(account.teamId, purchaseId), 'lot-granted')
    return { ...context, earlier: { purchase, lot: granted?.lot } }
  },
  'take-payment': async (command, { stores, context, account }) => {
    const [latest, paid] = await Promise.all([
      stores.journal.payment(command.paymentId),
      paidBy(command, stores, account),
    ])
    return { ...context, ...(latest && { latest }), ...paid }
  },
  'limit-app': async ({ perPeriod }, { stores, context, account, storedVersion }) => {
    if (perPeriod === null) return { ...context, entries: [] }
    const from = appUseSince(account.period, context.now)
    return { ...context, entries: await stores.journal.sinceInstant(account.teamId, storedVersion, from) }
  },
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

async function paidBy({ paidFor }: TakePayment, { journal }: Stores, { teamId, unpaid }: Account) {
  if ('invoice' in paidFor) {
    const { invoice } = paidFor
    // Time may have made a bill that is not written yet.
    const isUnpaid = unpaid.some(({ period }) => period === invoice)
    const issued = isUnpaid || (await journal.find(invoiceKey(teamId, invoice), 'period-closed'))
    return { isIssued: issued !== undefined }
  }
  const [purchase, granted] = await Promise.all([
    journal.find(purchaseKey(teamId, paidFor.purchase), 'purchase'),
    journal.find(lotGrantedKey(teamId, paidFor.purchase), 'lot-granted'),
  ])
  return { purchase, isGranted: granted !== undefined }
}
