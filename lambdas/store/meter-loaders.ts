import { assert } from '../../core/assert.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { appIdsOf, askedIds, capturedIds, quoteIds } from '../../core/commands/settle.ts'
import type { CommandKind } from '../../core/decide.ts'
import type { Authorization } from '../../core/journal/entry.ts'
import { type App, complianceOf } from '../../core/migration/compliance.ts'
import type { Loader, Loading } from './command-rules.ts'
import { knownAs } from './entry-item.ts'
import { authorizationKey, eventKey } from './keys.ts'
import type { MeterStores } from './meter-stores.ts'

/* Readers of the contexts of the commands of services. A function links only those of its commands. */

export const loadAuthorize: Loader<'authorize', MeterStores> = async (
  { appId, authorizationId, quoteId },
  loading,
  stores,
) => {
  const { context, known, given } = loading
  const app = given.app ?? (await stores.apps.find(appId))
  assert(app !== undefined, `app ${appId} stays`)
  const grant = known.find(authorizationKey(authorizationId), 'authorization')
  const latest = grant && (await stores.journal.authorization(authorizationId))?.authorization
  const quote = quoteId === undefined ? undefined : await stores.quotes.find(app.teamId, quoteId)
  const catalog = await catalogFor([app], loading, stores)
  const facts = { ...(quote && { quote }), ...(grant && latest && { earlier: { grant, latest } }) }
  return { ...context, catalog, app, ...facts }
}

export const loadCapture: Loader<'capture', MeterStores> = async ({ authorizationId }, loading, stores) => {
  const authorization = await latest(authorizationId, loading, stores)
  const app = await stores.apps.find(authorization.appId)
  assert(app !== undefined, `app ${authorization.appId} stays`)
  return { ...loading.context, catalog: await catalogFor([app], loading, stores), authorization, app }
}

export const loadSettle: Loader<'settle', MeterStores> = async (command, loading, stores) => {
  const { context, account, known, given } = loading
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
  const quotes = await stores.quotes.findAll(account.teamId, quoteIds(command))
  const catalog = await catalogFor([...apps.values()], loading, stores)
  return { ...context, catalog, grants, authorizations, apps, quotes }
}

export const loadVoid: Loader<'void', MeterStores> = async ({ authorizationId }, loading, stores) => {
  return { ...loading.context, authorization: await latest(authorizationId, loading, stores) }
}

export const loadRecordUsage: Loader<'record-usage', MeterStores> = ({ events }, { context, known }) => {
  const found = events.flatMap((event) => {
    const entry = known.get(eventKey(event.source, event.id))
    return entry === undefined ? [] : [[event, knownAs(event, entry)] as const]
  })
  return { ...context, known: new Map(found) }
}

/** A campaign's deadline decides over an app that does not comply, and it may just have moved: then the catalog is read again. */
async function catalogFor(
  apps: readonly App[],
  { account, context: { now, catalog } }: Loading<CommandKind>,
  stores: MeterStores,
): Promise<Catalog> {
  const isDecided = apps.every((app) => complianceOf(app, account, now, catalog).missing.length === 0)
  return isDecided ? catalog : stores.catalog.read()
}

async function authorizationsOf(ids: readonly string[], { journal }: MeterStores) {
  const found = await journal.authorizations(ids)
  return [...found].map(([id, { authorization }]) => [id, authorization] as const)
}

/** The authorization after its latest entry: as the caller has just read it, or read again if another entry came first. */
async function latest(
  authorizationId: string,
  { given }: Loading<'capture'> | Loading<'void'>,
  { journal }: MeterStores,
): Promise<Authorization> {
  const authorization = given.authorization ?? (await journal.authorization(authorizationId))?.authorization
  assert(authorization !== undefined, `authorization ${authorizationId} stays`)
  return authorization
}
