import { getIncludedAmounts as includedCall } from '../../contract/get-included-amounts.ts'
import { getPayAsYouGoCountries as countriesCall } from '../../contract/get-pay-as-you-go-countries.ts'
import { getPriceLists as priceListsCall } from '../../contract/get-price-lists.ts'
import { getUnratedApis as unratedCall } from '../../contract/get-unrated-apis.ts'
import { instantToJson } from '../../contract/instant.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { publishIncludedAmounts as publishIncludedCall } from '../../contract/publish-included-amounts.ts'
import { publishPayAsYouGoCountries as publishCountriesCall } from '../../contract/publish-pay-as-you-go-countries.ts'
import { publishPriceList as publishPriceListCall } from '../../contract/publish-price-list.ts'
import { publishUnratedApis as publishUnratedCall } from '../../contract/publish-unrated-apis.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { includedFault, priceListFault, unratedFault, type VersionFault } from '../../core/catalog/faults.ts'
import { mergedAmountsAt } from '../../core/catalog/included-amounts.ts'
import { type Version, versionAt, versionsAfter } from '../../core/catalog/versions.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import type { Instant } from '../../core/time/time.ts'
import { badRequest, type Outcome } from '../http/outcome.ts'
import { publicationsToJson, statusOf } from '../http/publications-json.ts'
import { route } from '../http/route.ts'
import { warningToJson } from '../http/warning-json.ts'
import type { Deps } from '../runtime/deps.ts'
import type { DatedKind } from '../store/keys.ts'
import { listPublications } from '../store/publications.ts'
import { publishVersion } from '../store/publish-version.ts'

/* Dated data other than rate cards: each kind is published ahead, never changes, and is listed with what comes. */

/** Publishes the prices of Flex tokens and the smallest purchase. */
export function publishPriceList(deps: Deps) {
  return route(publishPriceListCall, async (input): Promise<Outcome> => {
    const version = versionOf(input)
    return publishDated(deps, 'priceLists', { version, input, fault: priceListFault(version) })
  })
}

/** Publishes the APIs that are not rated. A rated one cannot be among them. */
export function publishUnratedApis(deps: Deps) {
  return route(publishUnratedCall, async (input): Promise<Outcome> => {
    const version = versionOf(input)
    const fault = unratedFault(version, await deps.catalog.read())
    return publishDated(deps, 'unratedApis', { version, input, fault })
  })
}

/** Publishes the countries of pay-as-you-go. */
export function publishPayAsYouGoCountries(deps: Deps) {
  return route(publishCountriesCall, (input) =>
    publishDated(deps, 'payAsYouGoCountries', { version: versionOf(input), input }),
  )
}

/** Publishes what subscriptions to products include, of meters of a rate card. */
export function publishIncludedAmounts(deps: Deps) {
  return route(publishIncludedCall, async (input): Promise<Outcome> => {
    const version = versionOf(input)
    const fault = includedFault(version, await deps.catalog.read())
    return publishDated(deps, 'includedAmounts', { version, input, fault })
  })
}

export function getPriceLists(deps: Deps) {
  return route(priceListsCall, ({ query }) => listVersions(deps, 'priceLists', query.at))
}

export function getUnratedApis(deps: Deps) {
  return route(unratedCall, ({ query }) => listVersions(deps, 'unratedApis', query.at))
}

export function getPayAsYouGoCountries(deps: Deps) {
  return route(countriesCall, ({ query }) => listVersions(deps, 'payAsYouGoCountries', query.at))
}

/** Lists the amounts in force, whichever version each comes from, and later versions as they were published. */
export function getIncludedAmounts(deps: Deps) {
  return route(includedCall, async ({ query }): Promise<Outcome> => {
    const at = query.at ?? deps.clock.now()
    const { includedAmounts } = await deps.catalog.read()
    const inForce = mergedAmountsAt(includedAmounts, at)
    const upcoming = includedAmounts.filter(({ effectiveAt }) => effectiveAt > at)
    const publications = publicationsToJson(await listPublications(deps.table, 'includedAmounts'))
    return { status: 200, body: { ...listToJson(at, inForce, upcoming), publications } }
  })
}

type VersionOf<Kind extends DatedKind> = Catalog[Kind][number]

interface PublishInput<Body> {
  readonly params: { readonly version: string }
  readonly query: { readonly preview: boolean }
  readonly body: Body & { readonly reason?: string | undefined }
  readonly language: Language
}

/** The version of a request, without what is not its content. */
function versionOf<Body extends object>({ params, body }: PublishInput<Body>) {
  const { reason: _, ...content } = body
  return { ...params, ...content }
}

interface Asked<Kind extends DatedKind> {
  readonly version: VersionOf<Kind>
  readonly input: PublishInput<object>
  readonly fault?: VersionFault | undefined
}

async function publishDated<Kind extends DatedKind>(
  deps: Deps,
  kind: Kind,
  { version, input: { query, body, language }, fault }: Asked<Kind>,
): Promise<Outcome> {
  if (fault !== undefined) return badRequest({ ...fault, message: sayToPeople(fault.message) })
  const isPreview = query.preview
  const published = await publishVersion(deps, { kind, version, reason: body.reason, isPreview })
  if ('refused' in published) return published
  const warning = warningToJson({ code: 'SHORT_NOTICE', until: version.effectiveAt }, language)
  const warnings = published.isShortNotice ? [warning] : []
  return { status: statusOf(published, isPreview), body: { ...versionToJson(version), warnings } }
}

async function listVersions(deps: Deps, kind: DatedKind, asked: Instant | undefined): Promise<Outcome> {
  const at = asked ?? deps.clock.now()
  const versions: readonly Version[] = (await deps.catalog.read())[kind]
  const listed = listToJson(at, versionAt(versions, at), versionsAfter(versions, at))
  const publications = publicationsToJson(await listPublications(deps.table, kind))
  return { status: 200, body: { ...listed, publications } }
}

function listToJson(at: Instant, inForce: Version | undefined, upcoming: readonly Version[]) {
  return {
    at: instantToJson(at),
    ...(inForce !== undefined && { inForce: versionToJson(inForce) }),
    upcoming: upcoming.map(versionToJson),
  }
}

function versionToJson(version: Version) {
  return { ...version, effectiveAt: instantToJson(version.effectiveAt) }
}
