import type { Campaign, Catalog, Rate, RateCard } from '../../core/catalog/catalog.ts'
import { isKnownName, type NameStatus, statusAt } from '../../core/catalog/names.ts'
import { type Publication, publish } from '../../core/catalog/publish.ts'
import { publishRateCard } from '../../core/catalog/publish-rate-card.ts'
import type { Version } from '../../core/catalog/versions.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Clock } from '../runtime/clock.ts'
import launch from './catalog-data.json' with { type: 'json' }
import { readable } from './item-version.ts'
import { campaignKey, catalogPk, type DatedKind, type Key, settingsKey, versionKey } from './keys.ts'
import { type Item, isWritten, queryItems, type Table } from './table.ts'

/** Milliseconds for which the catalog is remembered. Where a campaign's deadline decides it is read again. */
const rememberedMs = 1_000
const itemsMax = 1_000

/** Rate cards, price lists, campaigns and lists of names: dated data, the same for all teams. */
export class CatalogStore {
  private readonly table: Table
  private readonly clock: Clock
  private remembered: { catalog: Catalog; at: number; readAt: number } | undefined

  constructor(table: Table, clock: Clock) {
    this.table = table
    this.clock = clock
  }

  /** The catalog as it was at most a second ago, by a steady clock and by the clock of decisions. */
  async get(): Promise<Catalog> {
    const { remembered } = this
    const isRecent =
      remembered !== undefined &&
      performance.now() - remembered.readAt < rememberedMs &&
      Math.abs(this.clock.now() - remembered.at) < rememberedMs
    return isRecent ? remembered.catalog : this.read()
  }

  /** The catalog as it is now. A fresh table is first loaded with the launch's own data. */
  async read(): Promise<Catalog> {
    const found = await this.items()
    const items = found.some((item) => item.sk === settingsKey.sk) ? found : await this.load()
    const catalog = fromItems(items)
    this.remembered = { catalog, at: this.clock.now(), readAt: performance.now() }
    return catalog
  }

  /** The status of a meter or an unrated API now; a name that is not remembered is looked up again. */
  async statusOf(name: string): Promise<NameStatus> {
    const [now, remembered] = [this.clock.now(), await this.get()]
    return statusAt(isKnownName(remembered, name) ? remembered : await this.read(), name, now)
  }

  /**
   * Publishes a version of a kind of dated data ahead of its first instant. A published version never changes. `published` is
   * stored next to it.
   */
  async publish<Kind extends DatedKind>(
    kind: Kind,
    version: Catalog[Kind][number],
    published?: Item,
  ): Promise<Publication | Refusal> {
    const decided = await this.decide(kind, version)
    if ('refused' in decided || !decided.isNew) return decided
    const item = { ...versionKey(kind, version.version), value: version, ...(published && { published }) }
    if (await this.add(item)) return decided
    // The stored version may be this one: a put that succeeded without an answer fails when it is sent again.
    const again = await this.decide(kind, version)
    return 'refused' in again ? again : decided
  }

  /** The decision about a version, without storing it. */
  async decide<Kind extends DatedKind>(
    kind: Kind,
    version: Catalog[Kind][number],
  ): Promise<Publication | Refusal> {
    const catalog = await this.read()
    const now = this.clock.now()
    return kind === 'rateCards'
      ? publishRateCard(catalog, version as RateCard, now)
      : publish<Version>(catalog[kind], version, now)
  }

  private items(): Promise<readonly Item[]> {
    return queryItems(this.table, { pk: catalogPk, limit: itemsMax })
  }

  /** The settings come last: while they are missing, the load is not complete, and is done again. */
  private async load(): Promise<readonly Item[]> {
    for (const item of launchItems()) await this.add(item)
    return this.items()
  }

  private async add(item: Key & Item): Promise<boolean> {
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' }
    const { tableName: TableName } = this.table
    const isAdded = await isWritten(this.table.send('PutItem', { TableName, Item: item, ...condition }))
    if (isAdded) this.remembered = undefined
    return isAdded
  }
}

type WireRate = Omit<Rate, 'milliTokensPerUnit' | 'freeLimitStops'> & {
  readonly tokensPerUnit: number
  readonly freeLimitStops?: string
}

/** A row in its wire form, with tokens as whole or decimal numbers. */
export function toRate({ tokensPerUnit, freeLimitStops, ...row }: WireRate): Rate {
  const rate = { ...row, milliTokensPerUnit: Math.round(tokensPerUnit * 1_000) }
  return freeLimitStops === 'api' || freeLimitStops === 'meter' ? { ...rate, freeLimitStops } : rate
}

/** Values are stored in a separate attribute, because the names of their fields are not the table's. */
function launchItems(): readonly (Key & Item)[] {
  const { minimumBillUsdCents } = launch
  return [
    ...launch.rateCards.map((card) => itemOf('rateCards', { ...card, meters: card.meters.map(toRate) })),
    ...launch.priceLists.map((list) => itemOf('priceLists', list)),
    ...launch.unratedApis.map((list) => itemOf('unratedApis', list)),
    ...launch.payAsYouGoCountries.map((list) => itemOf('payAsYouGoCountries', list)),
    ...launch.campaigns.map(({ campaignId, opensAt, deadlineAt, remindAt }) => {
      const [opens, deadline] = [Date.parse(opensAt), Date.parse(deadlineAt)]
      const value = {
        campaignId,
        opensAt: opens,
        deadlineAt: deadline,
        remindAt: remindAt.map((at) => Date.parse(at)),
      }
      return { ...campaignKey(campaignId), value }
    }),
    { ...settingsKey, value: { minimumBillUsdCents } },
  ]
}

/** A version of the launch as an item. */
function itemOf(
  kind: DatedKind,
  version: { readonly version: string; readonly effectiveAt: string; readonly [field: string]: unknown },
): Key & Item {
  return {
    ...versionKey(kind, version.version),
    value: { ...version, effectiveAt: Date.parse(version.effectiveAt) },
  }
}

type Settings = Pick<Catalog, 'minimumBillUsdCents'>

function fromItems(found: readonly Item[]): Catalog {
  const items = found.map((item) => readable('catalog item', item))
  const [settings] = items.flatMap((item) => (item.sk === settingsKey.sk ? [item.value as Settings] : []))
  const valuesOf = <T>(sample: Key): readonly T[] => {
    const prefix = sample.sk.slice(0, sample.sk.indexOf('#') + 1)
    return items.flatMap((item) => (String(item.sk).startsWith(prefix) ? [item.value as T] : []))
  }
  const versionsOf = <Kind extends DatedKind>(kind: Kind) =>
    valuesOf<Catalog[Kind][number]>(versionKey(kind, 'x')).toSorted((a, b) => a.effectiveAt - b.effectiveAt)
  return {
    rateCards: versionsOf('rateCards'),
    priceLists: versionsOf('priceLists'),
    campaigns: valuesOf<Campaign>(campaignKey('x')),
    includedAmounts: versionsOf('includedAmounts'),
    unratedApis: versionsOf('unratedApis'),
    payAsYouGoCountries: versionsOf('payAsYouGoCountries'),
    minimumBillUsdCents: settings?.minimumBillUsdCents ?? 0,
  }
}
