import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { publishIncludedAmounts } from '../contract/publish-included-amounts.ts'
import { publishPayAsYouGoCountries } from '../contract/publish-pay-as-you-go-countries.ts'
import { publishPriceList } from '../contract/publish-price-list.ts'
import { publishRateCard } from '../contract/publish-rate-card.ts'
import { publishUnratedApis } from '../contract/publish-unrated-apis.ts'
import type { Catalog, RateCard } from '../core/catalog/catalog.ts'
import { includedFault, priceListFault, unratedFault, type VersionFault } from '../core/catalog/faults.ts'
import { namesEndedBy } from '../core/catalog/names.ts'
import { completeCard } from '../core/catalog/publish-rate-card.ts'
import { type Version, versionAt } from '../core/catalog/versions.ts'
import type { Refusal } from '../core/refusal.ts'
import { CatalogStore } from '../lambdas/store/catalog.ts'
import type { DatedKind } from '../lambdas/store/keys.ts'
import { CannotDo, dryRun, type Operating } from './operating.ts'

/** Kinds of dated data by the names that the API uses. */
const kinds = {
  'rate-cards': 'rateCards',
  'price-lists': 'priceLists',
  'unrated-apis': 'unratedApis',
  'pay-as-you-go-countries': 'payAsYouGoCountries',
  'included-amounts': 'includedAmounts',
} as const satisfies Record<string, DatedKind>
export type KindName = keyof typeof kinds
export const kindNames = Object.keys(kinds) as KindName[]

/** Prints every version of dated data: of each kind those in force, and those that come. */
export async function listCatalog({ table, now, print }: Operating): Promise<void> {
  const catalog = await new CatalogStore(table, { now }).read()
  for (const name of kindNames) {
    const versions: readonly Version[] = catalog[kinds[name]]
    for (const version of versions) print(`${name} ${version.version}: ${stateOf(versions, version, now())}`)
  }
}

function stateOf(versions: readonly Version[], version: Version, now: number): string {
  const date = new Date(version.effectiveAt).toISOString()
  if (version.effectiveAt > now) return `from ${date}`
  return version === versionAt(versions, now)
    ? `in force since ${date}`
    : `since ${date}, replaced or added to`
}

/** Publishes a version that a file contains, as the API takes it with its `version`, or prints what that would do. */
export async function publishCatalog(
  { table, now, print }: Operating,
  { kind, file, apply = false }: { readonly kind: KindName; readonly file: string; readonly apply?: boolean },
): Promise<void> {
  const store = new CatalogStore(table, { now })
  const catalog = await store.read()
  const content = readFile(file)
  switch (kind) {
    case 'rate-cards': {
      const card = cardOf(catalog, content)
      const ends = namesEndedBy(catalog, card)
      if (ends.length > 0) print(`Ends ${ends.join(', ')}.`)
      return publish('rateCards', card)
    }
    case 'price-lists': {
      const list = parse(publishPriceList.body, content)
      return publish('priceLists', list, priceListFault(list))
    }
    case 'unrated-apis': {
      const list = parse(publishUnratedApis.body, content)
      return publish('unratedApis', list, unratedFault(list, catalog))
    }
    case 'pay-as-you-go-countries':
      return publish('payAsYouGoCountries', parse(publishPayAsYouGoCountries.body, content))
    case 'included-amounts': {
      const amounts = parse(publishIncludedAmounts.body, content)
      return publish('includedAmounts', amounts, includedFault(amounts, catalog))
    }
  }

  async function publish<Kind extends DatedKind>(
    what: Kind,
    version: Catalog[Kind][number],
    fault?: VersionFault,
  ): Promise<void> {
    if (fault !== undefined) throw new CannotDo(`${fault.pointer}: ${fault.message}`)
    const { reason } = content
    const published = { at: now(), ...(reason !== undefined && { reason }) }
    const decided = apply ? await store.publish(what, version, published) : await store.decide(what, version)
    if ('refused' in decided) throw new CannotDo((decided satisfies Refusal).code)
    const date = new Date(version.effectiveAt).toISOString()
    if (decided.isShortNotice) print('Less than 90 days ahead.')
    print(
      decided.isNew ? `${kind} ${version.version} from ${date}.` : `${version.version} is published already.`,
    )
    if (!apply) print(dryRun)
  }
}

/** The card of a file, with rows that only end a meter completed. Throws `CannotDo` when it is not one. */
export function cardOf(catalog: Catalog, content: Content): RateCard {
  const card = completeCard(catalog, parse(publishRateCard.body, content))
  if ('unrated' in card) throw new CannotDo(`/meters/${card.unrated}/meter: no rate card names it`)
  return card
}

export interface Content {
  readonly version: string
  readonly reason?: string
  readonly rest: Readonly<Record<string, unknown>>
}

/** Reads a file of a version. Throws `CannotDo` when it is not a JSON object with a version. */
export function readFile(file: string): Content {
  try {
    const { version, reason, ...rest } = v.parse(
      v.looseObject({ version: versionId, reason: v.optional(v.string()) }),
      JSON.parse(readFileSync(file, 'utf8')),
    )
    return { version, rest, ...(reason !== undefined && { reason }) }
  } catch (cause) {
    throw new CannotDo(`${file}: ${cause instanceof Error ? cause.message : cause}`)
  }
}

const versionId = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9._-]{1,64}$/, 'version must be 1 to 64 of A-Z a-z 0-9 . _ -'),
)

function parse<Body extends v.GenericSchema>(body: Body, { version, rest }: Content) {
  const parsed = v.safeParse(body, rest)
  if (parsed.success) return { ...(parsed.output as v.InferOutput<Body> & object), version }
  const [issue] = parsed.issues
  throw new CannotDo(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`)
}
