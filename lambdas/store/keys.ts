import { assert } from '../../core/assert.ts'
import type { Entry, EntryOf } from '../../core/journal/entry.ts'
import type { MoneyAct, MoneyActKind } from '../../core/journal/money-act.ts'
import { type CampaignStep, stepId } from '../../core/migration/campaign.ts'
import { dayMs, type Instant, type Period, periodOf } from '../../core/time/time.ts'

/*
 * The only file that knows key strings. Ids never contain `#`, so a key can be taken apart again.
 *
 * access pattern                                → key
 * a team's account; its profile and hub         → TEAM#t / ACCOUNT, TEAM#t / PROFILE
 * the name that documents bear                   → TEAM#t / PROFILE#000000001 (the version of its `team-changed` entry)
 * was this authorization granted; its captures  → AUTHORIZATION#id / ENTRY, … / ENTRY#000000001 (the latest last)
 * was this usage event seen                     → EVENT#source#id / ENTRY
 * was this payment reported; its later results   → PAYMENT#id / ENTRY, … / ENTRY#000000001 (the latest last)
 * was this purchase made, and the like          → TEAM#t / ENTRY#kind.id
 * the invoice of a period (its entry)           → TEAM#t / INVOICE#2026-01
 * journal of a team, by version                 → index `journal`: team, version
 * which entries a filter may let through         → TEAM#t / STATEMENT#0#000000007 (a block of the journal), STATEMENT#1#… (a chapter)
 * use of a month by app and meter, day by day   → TEAM#t / USAGE#2026-01#app#meter; how far it has come: TEAM#t / CURSOR#usage
 * use of a month by meter, day by day           → TEAM#t / USAGE-TOTAL#2026-01#meter
 * how often apps, members and settings changed  → TEAM#t / CURSOR#setup
 * how far events are published, with the account → TEAM#t / CURSOR#events
 * an app; the apps of a team                    → APP#a / APP; TEAM#t / APP#a
 * the members of a team; how often they changed → TEAM#t / MEMBER#m; TEAM#t / MEMBERS
 * the teams of an e-mail address                → PERSON#address / TEAM#t
 * its open invitations, counted                 → PERSON#address / INVITATIONS
 * rate cards, price lists, campaigns            → CATALOG / RATE-CARD#…, PRICE-LIST#…, CAMPAIGN#…, SETTINGS
 * the account as of its retired entries         → TEAM#t / BASE
 * the endpoints that a team has set             → TEAM#t / NOTIFICATIONS
 * the thresholds that a team has set            → TEAM#t / ALERTS
 * deliveries of a team, by entry and endpoint   → TEAM#t / DELIVERY#000000012.000.email
 * deliveries that are due by an instant         → index `due`: DELIVERY#shard, instant
 * teams whose alerts are checked by an instant  → index `due`: ALERTS#shard, instant
 * what falls due by an instant                  → index `due`: DUE#shard, instant
 * apps not in a hub, teams without a plan       → index `open`: OPEN#shard, team#app or team#
 * teams with a due that is in recovery          → index `open`: RECOVERY#shard, team#
 * the credit notes of a team                     → TEAM#t / CREDIT-NOTE#000000002 (its number)
 * was this budget made; the budget of a key     → TEAM#t / ENTRY#budget-made.id; BUDGET-KEY#hash / KEY
 * a quote of a team                              → TEAM#t / QUOTE#id
 * was this use taken back; by the reversal's id  → EVENT#source#id / REVERSAL, AUTHORIZATION#id / ENTRY#…; TEAM#t / REVERSAL#id
 * the purchases of a team, in their order        → TEAM#t / PURCHASE#000000012 (the version of its entry)
 * a purchase or due as its payments leave it    → TEAM#t / PAYABLE#p1, PAYABLE#invoice:2026-01, PAYABLE#charge-back:p1
 * teams whose journal is not archived to its end → index `open`: ARCHIVE#shard, team#; how far: TEAM#t / CURSOR#archive
 * acts of a team's people, by time               → TEAM#t / ACTIVITY#2026-01-15T10:00:00.000Z.000000012 (version, or item and revision)
 * the address of an actor                        → TEAM#t / ACTOR#subject
 * what a list of teams shows of a team           → TEAM#t / DIRECTORY
 * failed payments and the like of a month       → index `open`: MONEY#2026-01#failed#02, instant#team#version#cents#tokens
 * teams in a state, teams by the start of a word → LISTING#state:overdue#02, LISTING#word:a#02 / order#t
 * how far a campaign has come                   → CAMPAIGN#id / STEP#…, SHARD#…, DAY#2026-01-15
 */

export interface Key {
  readonly pk: string
  readonly sk: string
}

export const journalIndex = 'journal'
export const dueIndex = 'due'
export const openIndex = 'open'
export const dueShards = 16
export const openShards = 16
export const deliveryShards = 4
export const accountSortKey = 'ACCOUNT'
export const setupSortKey = 'CURSOR#setup'

export const accountKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: accountSortKey })
export const profileKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'PROFILE' })
export const teamNamePrefix = 'PROFILE#'
/** The team's name as of a `team-changed` entry, by the entry's version: documents bear it. */
export const teamNameKey = (teamId: string, version: number): Key => ({
  pk: teamPk(teamId),
  sk: `${teamNamePrefix}${pad(version)}`,
})
export const appKey = (appId: string): Key => ({ pk: `APP#${plain(appId)}`, sk: 'APP' })
export const teamAppKey = (teamId: string, appId: string): Key => ({
  pk: teamPk(teamId),
  sk: `APP#${plain(appId)}`,
})
export const memberPrefix = 'MEMBER#'
export const memberKey = (teamId: string, memberId: string): Key => ({
  pk: teamPk(teamId),
  sk: `${memberPrefix}${plain(memberId)}`,
})
/** Counts the changes of a team's members. */
export const memberRevisionKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'MEMBERS' })
export const personPrefix = 'PERSON#'
/** Addresses are compared in lower case. An address may contain `#`, so nothing follows it in its key. */
export const personPk = (email: string): string => `${personPrefix}${email.toLowerCase()}`
export const membershipPrefix = 'TEAM#'
export const membershipKey = (email: string, teamId: string): Key => ({
  pk: personPk(email),
  sk: teamPk(teamId),
})
/** Counts the open invitations of an address; absent if there are none. */
export const invitationsKey = (email: string): Key => ({ pk: personPk(email), sk: 'INVITATIONS' })
export const usageCursorKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'CURSOR#usage' })
/** Counts the changes of apps, members and notification settings. Its key is next to that of the usage, so that one query reads both. */
export const setupVersionKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: setupSortKey })
export const eventCursorKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'CURSOR#events' })
export const archiveCursorKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'CURSOR#archive' })
/** The account as of the entries that may be only in the archive. */
export const baseKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'BASE' })
export const notificationsKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'NOTIFICATIONS' })
export const alertsKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'ALERTS' })
export const deliveryPrefix = 'DELIVERY#'
/** After the deliveries of events, whose ids begin with a digit, and before those of invitations. */
export const afterDeliveries = `${deliveryPrefix}:`
export const deliveryKey = (teamId: string, deliveryId: string): Key => ({
  pk: teamPk(teamId),
  sk: `${deliveryPrefix}${plain(deliveryId)}`,
})
/** Exists only if payments are a sandbox: the way in which the team's payments end. */
export const sandboxKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'SANDBOX' })
export const authorizationKey = (id: string): Key => ({ pk: `AUTHORIZATION#${plain(id)}`, sk: 'ENTRY' })
export const eventKey = (source: string, id: string): Key => ({
  pk: `EVENT#${source}#${plain(id)}`,
  sk: 'ENTRY',
})
export const invoiceKey = (teamId: string, period: Period): Key => ({
  pk: teamPk(teamId),
  sk: `INVOICE#${period}`,
})
export const invoicePrefix = 'INVOICE#'
export const teamAppPrefix = 'APP#'

export const catalogPk = 'CATALOG'
/** Kinds of dated data, with their place in the catalog. */
const datedPrefixes = {
  rateCards: 'RATE-CARD',
  priceLists: 'PRICE-LIST',
  includedAmounts: 'INCLUDED',
  unratedApis: 'UNRATED',
  payAsYouGoCountries: 'COUNTRIES',
} as const
export type DatedKind = keyof typeof datedPrefixes
export const versionKey = (kind: DatedKind, version: string): Key => ({
  pk: catalogPk,
  sk: `${datedPrefixes[kind]}#${plain(version)}`,
})
export const campaignKey = (id: string): Key => ({ pk: catalogPk, sk: `CAMPAIGN#${plain(id)}` })
export const settingsKey: Key = { pk: catalogPk, sk: 'SETTINGS' }

export const teamPk = (teamId: string): string => `TEAM#${plain(teamId)}`

/** The team of an account's partition key. */
export function parseAccountKey(pk: string): string {
  assert(pk.startsWith('TEAM#'), `account key ${pk}`)
  return pk.slice('TEAM#'.length)
}

/** The place of an item of the usage view: the use of a meter in a month, of one app or, without an app, of the team. */
export interface UsagePlace {
  readonly period: Period
  readonly appId?: string
  readonly meter: string
}

/** Before the keys of both kinds of items of the usage view. */
export const usagePrefix = 'USAGE'
const usagePrefixes = { apps: `${usagePrefix}#`, totals: `${usagePrefix}-TOTAL#` } as const

export function usageKey(teamId: string, { period, appId, meter }: UsagePlace): Key {
  const prefix = appId === undefined ? usagePrefixes.totals : usagePrefixes.apps
  const names = appId === undefined ? [period, plain(meter)] : [period, plain(appId), plain(meter)]
  return { pk: teamPk(teamId), sk: `${prefix}${names.join('#')}` }
}

export function parseUsageKey(sk: string): UsagePlace {
  const isOfApp = sk.startsWith(usagePrefixes.apps)
  assert(isOfApp || sk.startsWith(usagePrefixes.totals), `usage key ${sk}`)
  const [, period, ...names] = sk.split('#')
  const [appId, meter] = isOfApp ? names : [undefined, ...names]
  assert(period !== undefined && meter !== undefined, `usage key ${sk}`)
  return { period, ...(appId !== undefined && { appId }), meter }
}

/** Before the use of one app in a month. */
export const appUsagePrefix = (period: Period, appId: string): string =>
  `${usagePrefixes.apps}${period}#${plain(appId)}#`

/** Months of one kind of items of the usage view, both included; with `after`, those behind a month, or an app in it. */
export interface UsageSpan {
  readonly kind: keyof typeof usagePrefixes
  readonly from: Period
  readonly to: Period
  readonly after?: { readonly period: Period; readonly appId?: string }
}

/** First and last sort key of a span. No id has a character above `~`, so `~` follows everything below a place. */
export function usageRange({ kind, from, to, after }: UsageSpan): readonly [string, string] {
  const prefix = usagePrefixes[kind]
  const place = after && [after.period, ...(after.appId === undefined ? [] : [plain(after.appId)])].join('#')
  return [place === undefined ? `${prefix}${from}` : `${prefix}${place}#~`, `${prefix}${to}#~`]
}

/** A block (level 0) or chapter (level 1) of a team's journal, by its place in it. */
export const statementKey = (teamId: string, level: 0 | 1, index: number): Key => ({
  pk: teamPk(teamId),
  sk: `STATEMENT#${level}#${pad(index)}`,
})
/** The place in the journal of a block's or chapter's sort key. */
export function parseStatementKey(sk: string): number {
  const [kind, level, index] = sk.split('#')
  assert(kind === 'STATEMENT' && level !== undefined && index !== undefined, `statement key ${sk}`)
  return Number(index)
}

/** The key of an entry: it has the id that the caller gave, so that the entry can be written only once. */
export function entryKey(entry: Entry): Key {
  const inTeam = (id: string | number): Key => ({ pk: teamPk(entry.teamId), sk: `ENTRY#${entry.kind}.${id}` })
  switch (entry.kind) {
    case 'authorization':
      return authorizationKey(entry.authorization.authorizationId)
    case 'capture':
    case 'void':
      return {
        ...authorizationKey(entry.authorization.authorizationId),
        sk: `ENTRY#${pad(entry.authorization.sequence)}`,
      }
    case 'usage':
      return eventKey(entry.source, entry.id)
    case 'purchase':
      return purchaseKey(entry.teamId, entry.purchaseId)
    case 'lot-granted':
      return inTeam(entry.lot.lotId)
    case 'lot-expiring':
      return inTeam(`${entry.lotId}.${entry.days}`)
    case 'payment':
      return paymentEntryKey(entry)
    case 'payment-requested':
      return { pk: teamPk(entry.teamId), sk: `${requestedPrefix(entry.purchaseId)}${pad(entry.version)}` }
    case 'purchase-given-up':
      return inTeam(entry.purchaseId)
    case 'payment-recovery':
      // A due that is charged back again begins its steps again.
      return inTeam(pad(entry.version))
    case 'campaign-notice':
      return campaignNoticeKey(entry.teamId, entry.campaignId, entry)
    case 'lot-expired':
      return lotExpiredKey(entry.teamId, entry.lotId)
    case 'reversal':
      return reversalEntryKey(entry)
    case 'tokens-taken-back':
      return { pk: teamPk(entry.teamId), sk: `${takenBackPrefix(entry.lotId)}${pad(entry.version)}` }
    case 'adjustment':
      return adjustmentKey(entry.teamId, entry.adjustmentId)
    case 'budget-made':
      return budgetKey(entry.teamId, entry.budgetId)
    case 'budget-revoked':
      return inTeam(entry.budgetId)
    case 'period-started':
      return inTeam(entry.period)
    case 'period-closed':
      return invoiceKey(entry.teamId, entry.period)
    default:
      return inTeam(pad(entry.version))
  }
}

/** Below the operation that it takes back, so that this happens once. */
function reversalEntryKey(entry: EntryOf<'reversal'>): Key {
  if ('source' in entry) return eventReversalKey(entry.source, entry.id)
  const { authorizationId, sequence } = entry.authorization
  return { ...authorizationKey(authorizationId), sk: `ENTRY#${pad(sequence)}` }
}

export function purchaseKey(teamId: string, purchaseId: string): Key {
  return { pk: teamPk(teamId), sk: `ENTRY#purchase.${plain(purchaseId)}` }
}

/** A payment's id is unique across all teams, so that it belongs to one purchase or invoice. */
export function paymentKey(paymentId: string): Key {
  return { pk: `PAYMENT#${plain(paymentId)}`, sk: 'ENTRY' }
}

/** A result of a payment, by the number of earlier ones. */
export function paymentEntryKey({
  paymentId,
  sequence,
}: Pick<EntryOf<'payment'>, 'paymentId' | 'sequence'>): Key {
  const key = paymentKey(paymentId)
  return sequence === 0 ? key : { ...key, sk: `ENTRY#${pad(sequence)}` }
}

export function lotGrantedKey(teamId: string, lotId: string): Key {
  return { pk: teamPk(teamId), sk: `ENTRY#lot-granted.${plain(lotId)}` }
}

export function lotExpiredKey(teamId: string, lotId: string): Key {
  return { pk: teamPk(teamId), sk: `ENTRY#lot-expired.${plain(lotId)}` }
}

/** Before the version of each entry that took tokens of a lot back. `/` is in no id, so no other lot has the prefix. */
export const takenBackPrefix = (lotId: string): string => `ENTRY#tokens-taken-back.${plain(lotId)}/`

/** The reversal of a usage event. */
export const eventReversalKey = (source: string, id: string): Key => ({
  ...eventKey(source, id),
  sk: 'REVERSAL',
})

export const creditNotePrefix = 'CREDIT-NOTE#'
/** A credit note, by its number in the team's series of invoices and credit notes. */
export const creditNoteKey = (teamId: string, number: number): Key => ({
  pk: teamPk(teamId),
  sk: `${creditNotePrefix}${pad(number)}`,
})

/** Binds the id of a reversal to the key of its entry. */
export const reversalKey = (teamId: string, reversalId: string): Key => ({
  pk: teamPk(teamId),
  sk: `REVERSAL#${plain(reversalId)}`,
})

export const budgetKey = (teamId: string, budgetId: string): Key => ({
  pk: teamPk(teamId),
  sk: `ENTRY#budget-made.${plain(budgetId)}`,
})

/** The key of a budget, by its hash. */
export const budgetKeyKey = (hash: string): Key => ({ pk: `BUDGET-KEY#${plain(hash)}`, sk: 'KEY' })

export const quoteKey = (teamId: string, quoteId: string): Key => ({
  pk: teamPk(teamId),
  sk: `QUOTE#${plain(quoteId)}`,
})

export const requestedPrefix = (purchaseId: string): string => `ENTRY#payment-requested.${plain(purchaseId)}/`

export const payablePrefix = 'PAYABLE#'
/** A purchase or due as its payments leave it, by its name: `p1`, `invoice:2026-02` or `charge-back:p1`. */
export const payableKey = (teamId: string, name: string): Key => ({
  pk: teamPk(teamId),
  sk: `${payablePrefix}${plain(name)}`,
})

export const orderedPurchasePrefix = 'PURCHASE#'
/** Names a purchase at the place that its entry has in the journal. */
export const orderedPurchaseKey = (teamId: string, version: number): Key => ({
  pk: teamPk(teamId),
  sk: `${orderedPurchasePrefix}${pad(version)}`,
})

export const activityPrefix = 'ACTIVITY#'
/** After all acts of a team, and before those of no other item. */
export const afterActivities = `${activityPrefix}~`
/** An act at its instant: that of an entry, or a numbered change of an item outside the journal. */
export const activityKey = (
  teamId: string,
  at: Instant,
  place: { readonly version: number } | { readonly item: string; readonly revision: number },
): Key => {
  const name = 'version' in place ? pad(place.version) : `${place.item}.${pad(place.revision)}`
  return { pk: teamPk(teamId), sk: `${activityPrefix}${dueAtKey(at)}.${name}` }
}
/** The id of an act, from its sort key. */
export const actIdOf = (sk: string): string => sk.slice(activityPrefix.length)

export const actorPrefix = 'ACTOR#'
/** A subject may contain any character, so nothing follows it in its key. */
export const actorKey = (teamId: string, subject: string): Key => ({
  pk: teamPk(teamId),
  sk: `${actorPrefix}${subject}`,
})

export function adjustmentKey(teamId: string, adjustmentId: string): Key {
  return { pk: teamPk(teamId), sk: `ENTRY#adjustment.${plain(adjustmentId)}` }
}

export function campaignNoticeKey(teamId: string, campaignId: string, step: CampaignStep): Key {
  return { pk: teamPk(teamId), sk: `ENTRY#campaign-notice.${plain(campaignId)}.${stepId(step)}` }
}

/** One string for a key, to look it up in a map. */
export const keyText = (key: Key): string => `${key.pk}|${key.sk}`

/** Spreads teams by their id over the shards of an index. A team's shard never changes. */
function shardOf(teamId: string, shards: number): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < teamId.length; index++) {
    hash = Math.imul(hash ^ teamId.charCodeAt(index), 0x01000193) >>> 0
  }
  return hash % shards
}

/** The shard of the `due` index that a team belongs to. */
export const dueShard = (teamId: string): string => dueShardKey(shardOf(teamId, dueShards))
export const dueShardKey = (shard: number): string => `DUE#${shardText(shard)}`

/** The shard of the `due` index that a team's alerts belong to; its number is that of the team's own shard. */
export const alertShard = (teamId: string): string => alertShardKey(shardOf(teamId, dueShards))
export const alertShardKey = (shard: number): string => `ALERTS#${shardText(shard)}`

/** The shard of the `due` index that deliveries of a team belong to. */
export const deliveryShard = (teamId: string): string => deliveryShardKey(shardOf(teamId, deliveryShards))
export const deliveryShardKey = (shard: number): string => `DELIVERY#${shardText(shard)}`

/** The key in the index `open` of an app that is not in its team's hub; without an app: of a team without a plan. */
export const openApp = (teamId: string, appId = '') => ({
  openShard: openShardKey(shardOf(teamId, openShards)),
  openKey: `${teamId}#${appId}`,
})

/** The key in the index `open` of a team with a due whose payment has failed and that is in recovery. */
export const openRecovery = (teamId: string) => ({
  openShard: recoveryShardKey(shardOf(teamId, openShards)),
  openKey: `${teamId}#`,
})

/** The key in the index `open` of a team whose journal has gone on since it was archived. */
export const openArchive = (teamId: string) => ({
  openShard: archiveShardKey(shardOf(teamId, openShards)),
  openKey: `${teamId}#`,
})

/** Partitions of one kind of acts on money in a month: 4,000 of them in a second can be written. */
export const moneyShards = 4
export const moneyShardKey = (period: Period, kind: MoneyActKind, shard: number): string =>
  `MONEY#${period}#${kind}#${shardText(shard)}`

/** The key in the index `open` of an entry that is an act on money. It holds the amounts, so that keys alone give the sums. */
export const openMoney = ({ teamId, version, at }: Entry, { kind, usdCents, tokens }: MoneyAct) => ({
  openShard: moneyShardKey(periodOf(at), kind, shardOf(teamId, moneyShards)),
  openKey: [dueAtKey(at), plain(teamId), pad(version), usdCents, tokens].join('#'),
})

/** The amounts in the key of an act on money. */
export function parseMoneyKey(openKey: string): Pick<MoneyAct, 'usdCents' | 'tokens'> {
  const [, , , usdCents, tokens] = openKey.split('#')
  assert(usdCents !== undefined && tokens !== undefined, `money key ${openKey}`)
  return { usdCents: Number(usdCents), tokens: Number(tokens) }
}

export const openShardKey = (shard: number): string => `OPEN#${shardText(shard)}`
export const recoveryShardKey = (shard: number): string => `RECOVERY#${shardText(shard)}`

export const archiveShardKey = (shard: number): string => `ARCHIVE#${shardText(shard)}`

/** Returns a key after all keys of a team in the index `open` and before those of other teams. Ids have no character below `-`. */
export const afterTeam = (teamId: string): string => `${teamId}$`

/** The team, and the app, of a key in the index `open`. */
export function parseOpenKey(openKey: string): { readonly teamId: string; readonly subject: string } {
  const [teamId, subject] = openKey.split('#')
  assert(teamId !== undefined && subject !== undefined, `open key ${openKey}`)
  return { teamId, subject }
}

/** A team in lists of teams, apart from its account, and the lists that it is in. */
export const directoryKey = (teamId: string): Key => ({ pk: teamPk(teamId), sk: 'DIRECTORY' })

/** Partitions of each list of teams: 4,000 teams in a second can enter or leave it. */
export const listingShards = 4
export const listingPrefix = 'LISTING#'

/** A place of a team in a list: teams in a state, or teams with a word. `order` sorts the list. */
export interface Listing {
  readonly list: string
  readonly order: string
}

export const listingPk = (list: string, shard: number): string =>
  `${listingPrefix}${plain(list)}#${shardText(shard)}`
export const listingKey = ({ list, order }: Listing, teamId: string): Key => ({
  pk: listingPk(list, shardOf(teamId, listingShards)),
  sk: `${plain(order)}#${plain(teamId)}`,
})

/** The list of a partition, and the order and team of a sort key in it. */
export function parseListingKey({ pk, sk }: Key): Listing & { readonly teamId: string } {
  const list = pk.slice(listingPrefix.length, pk.lastIndexOf('#'))
  const [order, teamId] = sk.split('#')
  assert(pk.startsWith(listingPrefix) && order !== undefined && teamId !== undefined, `listing ${pk} ${sk}`)
  return { list, order, teamId }
}

/** First and last sort key of the places whose order begins with a text. No character follows U+10FFFF. */
export const listingRange = (prefix: string): readonly [string, string] => [
  prefix === '' ? '#' : prefix,
  `${prefix}\u{10ffff}`,
]

export const campaignPk = (campaignId: string): string => `CAMPAIGN#${plain(campaignId)}`
export const campaignStepKey = (campaignId: string, stepId: string): Key => ({
  pk: campaignPk(campaignId),
  sk: `STEP#${plain(stepId)}`,
})
export const campaignShardPrefix = (stepId: string): string => `SHARD#${plain(stepId)}#`
export const campaignShardKey = (campaignId: string, stepId: string, shard: number): Key => ({
  pk: campaignPk(campaignId),
  sk: `${campaignShardPrefix(stepId)}${shardText(shard)}`,
})
/** Day is `2026-01-15`, in UTC. */
export const campaignDayKey = (campaignId: string, day: string): Key => ({
  pk: campaignPk(campaignId),
  sk: `DAY#${day}`,
})

/** The time at which DynamoDB may remove an item, in seconds since 1970. That is cleaning: no decision depends on it. */
export const ttlAttribute = 'ttl'
export const ttlAfter = (at: Instant, days: number): number => Math.ceil((at + days * dayMs) / 1_000)

const shardText = (shard: number): string => pad(shard).slice(-2)
export const dueAtKey = (at: Instant): string => new Date(at).toISOString()
export const parseDueAtKey = (key: string): Instant => Date.parse(key)

function pad(value: number): string {
  return String(value).padStart(9, '0')
}

function plain(id: string): string {
  assert(!id.includes('#'), 'an id contains the separator')
  return id
}
