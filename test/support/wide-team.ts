import type { EntryOf } from '../../core/journal/entry.ts'
import { dayMs, nextPeriod } from '../../core/time/time.ts'
import { AppStore } from '../../lambdas/store/apps.ts'
import { newDeliveryItem } from '../../lambdas/store/deliveries.ts'
import { toEntryItem } from '../../lambdas/store/entry-item.ts'
import {
  activityKey,
  campaignDayKey,
  creditNoteKey,
  memberKey,
  membershipKey,
  parseUsageKey,
  usageKey,
} from '../../lambdas/store/keys.ts'
import type { Item, Table } from '../../lambdas/store/table.ts'
import { foundAcme, type Party } from './party.ts'
import { putItems } from './put-items.ts'
import { usageItems } from './usage-rows.ts'

/** Number of things of each kind that a team has. */
export interface WideSize {
  readonly apps: number
  /** Days of use, of each app. */
  readonly days: number
  readonly members: number
  readonly months: number
  readonly creditNotes: number
  readonly meters: number
  readonly purchases: number
  readonly deliveries: number
  readonly events: number
  readonly acts: number
  readonly teamsOfPerson: number
  readonly campaignDays: number
}

export const person = 'wide@example.com'
/** Noon of the last day of use. */
export const wideNow = Date.parse('2026-06-15T12:00:00Z')
const today = Date.parse('2026-06-15')

/** Names are as long as the contract allows. */
const long = (name: string, length = 64) => name.padEnd(length, 'x')
export const appAt = (index: number) => long(`app-${String(index).padStart(5, '0')}-`)
export const meterAt = (index: number) => long(`meter-${String(index).padStart(3, '0')}-`)
export const dayAt = (daysAgo: number) => new Date(today - daysAgo * dayMs).toISOString().slice(0, 10)
/** Use of an app on each day, of one meter. */
export const quantityAt = (app: number) => 1 + (app % 7)

/** Stores the team `acme`: what is many, item by item as the stores write it; the rest by calls. */
export async function storeWideTeam(party: Party, clock: { time: number }, size: WideSize): Promise<void> {
  const { table } = party.deps
  clock.time = wideNow - 2 * dayMs
  await foundAcme(party)
  await publishMeters(party, size.meters)
  clock.time = wideNow
  for (let index = 1; index < size.purchases; index++)
    await succeed(party, 'purchaseTokens', { body: { purchaseId: `p-${index}`, tokens: 100 } })
  await recordEvents(party, size)
  for (const items of [apps(table, size), people(size), documents(size), work(size), days(size)])
    await putItems(table, items)
  await storeUse(table, size)
}

async function succeed(party: Party, operationId: string, sent: object): Promise<void> {
  const { status, body } = await party.call(operationId, sent)
  if (status >= 300) throw new Error(`${operationId}: ${status} ${JSON.stringify(body)}`)
}

async function publishMeters(party: Party, meters: number): Promise<void> {
  const row = { baseUnit: 'jobs', unitSize: 10, tokensPerUnit: 0.1, usdCentsPerUnit: 30, freePerPeriod: 0 }
  const rows = Array.from({ length: meters }, (_, index) => ({
    ...row,
    meter: meterAt(index),
    api: meterAt(index),
  }))
  const effectiveAt = new Date(wideNow - dayMs / 2).toISOString()
  await succeed(party, 'publishRateCard', {
    params: { version: 'wide' },
    body: { effectiveAt, meters: rows },
  })
}

const eventsPerRequest = 1_000

async function recordEvents(party: Party, { events, meters }: WideSize): Promise<void> {
  for (let first = 0; first < events; first += eventsPerRequest)
    await succeed(party, 'recordUsage', {
      body: Array.from({ length: Math.min(eventsPerRequest, events - first) }, (_, index) => ({
        ...{ specversion: '1.0', type: 'aps.usage.v1', source: 'urn:wide', id: `e-${first + index}` },
        ...{ subject: 'viewer', time: new Date(wideNow).toISOString() },
        data: { meter: meterAt((first + index) % meters), quantity: 1 },
      })),
    })
}

function apps(table: Table, { apps: count }: WideSize): readonly Item[] {
  const store = new AppStore(table)
  return Array.from({ length: count - 1 }, (_, index) => {
    return { appId: appAt(index), teamId: 'acme', name: long('An app ', 100), isInHub: false }
  }).flatMap((app) => store.registering(app).flatMap(({ Put }) => Put?.Item ?? []))
}

function people({ members, teamsOfPerson }: WideSize): readonly Item[] {
  const role = 'developer' as const
  const ofTeam = Array.from({ length: members }, (_, index) => {
    const memberId = long(`member-${index}-`)
    const member = { teamId: 'acme', memberId, email: `${memberId}@example.com`, role, since: wideNow }
    return { ...memberKey('acme', memberId), ...member }
  })
  const ofPerson = Array.from({ length: teamsOfPerson }, (_, index) => {
    const teamId = long(`team-${index}-`)
    const member = { teamId, memberId: 'wide', email: person, role, since: wideNow }
    return { ...membershipKey(person, teamId), ...member }
  })
  return [...ofTeam, ...ofPerson]
}

const head = { teamVersion: 1, country: 'US', currency: 'USD' } as const

function documents({ months, meters, creditNotes }: WideSize): readonly Item[] {
  const invoices: Item[] = []
  let period = '2010-01'
  for (let number = 1; number <= months; number++) {
    invoices.push({ ...toEntryItem(invoiceOf(period, number, meters)) })
    period = nextPeriod(period)
  }
  const notes = Array.from({ length: creditNotes }, (_, index) => {
    const number = months + 1 + index
    const amounts = { units: 1, usdCents: 30, dueUsdCents: 30 }
    const creditNote = { ...head, number, period: '2010-01', meter: meterAt(0), ...amounts }
    const issued = { ...creditNote, reversalId: long(`r-${index}-`), issuedAt: wideNow }
    return { ...creditNoteKey('acme', number), ofVersion: 1, creditNote: issued }
  })
  return [...invoices, ...notes]
}

/** Two prices of each meter, since a card took effect within the month. The journal's index does not have this entry. */
function invoiceOf(period: string, number: number, meters: number): EntryOf<'period-closed'> {
  const lines = Array.from({ length: 2 * meters }, (_, index) => {
    const unitPriceUsdCents = 30 + (index % 2)
    return {
      meter: meterAt(index >> 1),
      units: 10,
      unitPriceUsdCents,
      usdCents: 10 * unitPriceUsdCents,
      lateUnits: 1,
    }
  })
  const usdCents = lines.reduce((sum, line) => sum + line.usdCents, 0)
  const carried = { creditUsdCents: 0, carriedInUsdCents: 0, carriedUsdCents: 0 }
  const entry = { kind: 'period-closed', teamId: 'acme', version: 900_000_000 + number, at: wideNow } as const
  return { ...entry, ...head, number, period, lines, usdCents, ...carried }
}

function work({ deliveries, acts }: WideSize): readonly Item[] {
  const sent = Array.from({ length: deliveries }, (_, index) => {
    const deliveryId = `${String(index + 1).padStart(9, '0')}.000.email`
    const facts = { endpointId: 'email', eventId: `acme.${index}`, type: 'TokensLow', detail: {} }
    const attempts = [{ at: wideNow, outcome: 'delivered' }]
    const state = { status: 'delivered', tries: 1, attempts, isResent: false } as const
    return newDeliveryItem({ teamId: 'acme', deliveryId, ...facts, ...state }, wideNow)
  })
  const done = Array.from({ length: acts }, (_, index) => {
    const [at, version] = [wideNow - 60 * dayMs + index, 800_000_000 + index]
    const activity = { at, actor: long(`person-${index % 200}-`), kind: 'purchase', targetId: 'first' }
    return { ...activityKey('acme', at, { version }), ofVersion: version, activity }
  })
  return [...sent, ...done]
}

function days({ campaignDays }: WideSize): readonly Item[] {
  return Array.from({ length: campaignDays }, (_, index) => {
    const counts = { teams: 1, teamsWithoutPlan: 1, appsNotInHub: 1 }
    return { ...campaignDayKey('aps-2025', dayAt(index)), day: dayAt(index), ...counts }
  })
}

const appsAtOnce = 500

/** Each app's items are those of one app with another key and another quantity. */
async function storeUse(table: Table, { apps: count, days: dayCount, meters }: WideSize): Promise<void> {
  const uses = Array.from({ length: dayCount }, (_, daysAgo) => {
    return { appId: 'one', meter: 'one', day: dayAt(daysAgo), quantity: 1 }
  })
  const months = usageItems('acme', uses)
  const scaled = (item: Item, factor: number) =>
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => [
        name,
        typeof value === 'number' && name !== 'ttl' ? value * factor : value,
      ]),
    )
  const placed = (item: Item, meter: string, appId?: string) => {
    const { period } = parseUsageKey(String(item.sk))
    return usageKey('acme', { period, meter, ...(appId !== undefined && { appId }) })
  }
  const ofApp = months.filter(({ sk }) => parseUsageKey(String(sk)).appId !== undefined)
  const totals = months.filter(({ sk }) => parseUsageKey(String(sk)).appId === undefined)
  const sums = new Map<string, number>()
  for (let first = 0; first < count; first += appsAtOnce) {
    const some = Array.from({ length: Math.min(appsAtOnce, count - first) }, (_, index) => first + index)
    for (const app of some)
      sums.set(meterAt(app % meters), (sums.get(meterAt(app % meters)) ?? 0) + quantityAt(app))
    await putItems(
      table,
      some.flatMap((app) =>
        ofApp.map((item) => ({
          ...scaled(item, quantityAt(app)),
          ...placed(item, meterAt(app % meters), appAt(app)),
        })),
      ),
    )
  }
  await putItems(
    table,
    [...sums].flatMap(([meter, sum]) =>
      totals.map((item) => ({ ...scaled(item, sum), ...placed(item, meter) })),
    ),
  )
}
