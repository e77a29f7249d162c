import { expect } from 'vitest'
import { operations } from '../../contract/calls.ts'
import type { OperationId } from '../../contract/routes.ts'
import type { HttpResponse } from '../../lambdas/http/event.ts'
import { event, type Sent } from './ask.ts'
import { test } from './fixtures.ts'
import { makerOf } from './handler-makers.ts'
import { newParty, type Party } from './party.ts'
import { dayAt, person, quantityAt, storeWideTeam, type WideSize, wideNow } from './wide-team.ts'

const answerBytesMax = 6_000_000
/** Only what hangs takes this long: the largest team has a hundred thousand items. */
const storingMsMax = 3_600_000
/** Entries that found the team, with as many acts. */
const founding = 4

type Body = Readonly<Record<string, unknown>>
type Row = Readonly<Record<string, unknown>>

/** A list of an answer: the names of its rows, and how many there are. */
interface List {
  readonly field: string
  readonly name: (row: Row) => unknown
  readonly count: number
}

interface Listed extends Sent {
  readonly lists: readonly List[]
}

/** One document of bounded size, or nothing that grows with a team. */
const bounded: Listed = { lists: [] }

const list = (field: string, count: number, ...names: readonly string[]): List => {
  return { field, count, name: (row) => names.map((name) => row[name]).join(' ') }
}

/** Every call that reads, with all lists of its answer and their length for the wide team. */
function listsOf(size: WideSize): Partial<Record<OperationId, Listed | readonly Listed[]>> {
  return {
    getAuthorization: bounded,
    getOffer: { lists: [] },
    getTeam: bounded,
    getBalance: { lists: [list('remainders', size.meters, 'meter')] },
    getUsage: usesOf(size),
    listEntries: {
      query: { limit: '100' },
      lists: [list('entries', founding + size.events + size.purchases * 2, 'version')],
    },
    listActivity: {
      query: { limit: '100' },
      // The registration of its first app is an act without an entry.
      lists: [list('activity', founding + 1 + size.acts + size.purchases, 'actId')],
    },
    getForecast: { lists: [list('days', 35, 'day')] },
    // The team's apps comply. Its pages have a separate test.
    listBudgets: bounded,
    getDeadlineCheck: bounded,
    getOnboarding: { lists: [list('apps', size.apps, 'appId')] },
    listInvoices: {
      lists: [list('invoices', size.months, 'period'), list('creditNotes', size.creditNotes, 'number')],
    },
    getInvoice: {
      params: { period: '2010-01' },
      lists: [list('lines', 2 * size.meters, 'meter', 'unitPriceUsdCents')],
    },
    listPurchases: { lists: [list('purchases', size.purchases, 'purchaseId')] },
    getReceipt: bounded,
    // CSV: its pages have a separate test.
    getFocusExport: bounded,
    listMembers: { lists: [list('members', size.members, 'memberId')] },
    getMe: {
      claims: { scope: 'hub:read', sub: 'wide', person },
      lists: [list('teams', size.teamsOfPerson, 'teamId')],
    },
    getAlerts: bounded,
    getNotifications: bounded,
    listDeliveries: { lists: [list('deliveries', size.deliveries, 'deliveryId')] },
    getRateCard: { lists: [] },
    getIncludedAmounts: bounded,
    getPriceLists: bounded,
    getUnratedApis: bounded,
    getPayAsYouGoCountries: bounded,
    // A page has at most a hundred small rows.
    listTeams: bounded,
    listMoney: bounded,
    listCampaigns: bounded,
    getCampaign: bounded,
    getCampaignProgress: {
      params: { campaignId: 'aps-2025' },
      lists: [list('days', size.campaignDays, 'day')],
    },
    // A page examines at most 1,000 teams.
    getHealth: bounded,
    listLags: bounded,
    listDeadLetters: bounded,
    getOpenApi: bounded,
    getMcpResource: bounded,
  }
}

/** All groupings of use, of all days; those by day and app of the last month, since all days are many answers. */
function usesOf({ apps, days, meters }: WideSize): readonly Listed[] {
  const [from, monthAgo, to] = [dayAt(days - 1), dayAt(Math.min(days, 30) - 1), dayAt(0)]
  const months = new Set(Array.from({ length: days }, (_, ago) => dayAt(ago).slice(0, 7))).size
  const used = Math.min(apps, meters)
  const recent = Math.min(days, 30)
  const counts: readonly (readonly [string, number, string?])[] = [
    ['meter', used],
    ['day', days],
    ['month', months],
    ['day,meter', days * used],
    ['month,meter', months * used],
    ['app', apps],
    ['app,meter', apps],
    ['month,app', months * apps],
    ['month,meter,app', months * apps],
    ['day,app', recent * apps, monthAgo],
    ['day,meter,app', recent * apps, monthAgo],
  ]
  return counts.map(([groupBy, count, start = from]) => {
    const names = ['day', 'month', 'meter', 'app']
    return { query: { from: start, to, groupBy }, lists: [list('rows', count, ...names)] }
  })
}

/** Reads every list of a team of this size to its end. */
export function testLists(size: WideSize): void {
  const clock = { time: wideNow }
  let party: Party

  test.beforeAll(async ({ engine }) => {
    party = await newParty(await engine.newTable(), { now: () => clock.time })
    await storeWideTeam(party, clock, size)
  }, storingMsMax)

  const lists = listsOf(size)
  const rows = Object.entries(lists).flatMap(([operationId, listed]) =>
    [listed].flat().map((each) => ({ operationId, query: JSON.stringify(each.query ?? {}), listed: each })),
  )

  test('every call that reads is among the lists', () => {
    const reading = Object.values(operations).filter(({ call }) => call.route.method === 'GET')
    expect(Object.keys(lists).toSorted()).toEqual(
      reading.map(({ call }) => call.route.operationId).toSorted(),
    )
  })

  test.each(rows.filter(({ listed }) => listed !== bounded))(
    'the answers of $operationId $query are complete, each under 6 MB',
    async ({ operationId, listed }) => {
      const answers = await allAnswers(party, operationId, listed)
      for (const { field, name, count } of listed.lists) {
        const found = answers.flatMap((body) => body[field] as Row[])
        expect(found).toHaveLength(count)
        expect(new Set(found.map(name)).size).toBe(count)
      }
    },
  )

  test('the sums of use are the known ones in every grouping', async () => {
    const known = Array.from({ length: size.apps }, (_, app) => quantityAt(app)).reduce((a, b) => a + b, 0)
    for (const listed of usesOf(size)) {
      const answers = await allAnswers(party, 'getUsage', listed)
      const sum = answers.flatMap(({ rows }) => rows as Row[]).reduce((a, row) => a + Number(row.quantity), 0)
      const days =
        (Date.parse(String(listed.query?.to)) - Date.parse(String(listed.query?.from))) / 86_400_000 + 1
      expect(sum).toBe(days * known)
    }
  })
}

const answersMax = 2_000

async function allAnswers(
  party: Party,
  operationId: string,
  { lists: _, ...sent }: Listed,
): Promise<readonly Body[]> {
  const handler = (await makerOf(operationId))(party.deps, undefined as never)
  const bodies: Body[] = []
  let cursor: unknown
  do {
    const query = { ...sent.query, ...(typeof cursor === 'string' && { cursor }) }
    const { statusCode, body }: HttpResponse = await handler(event(operationId, { ...sent, query }))
    expect(statusCode).toBe(200)
    expect(Buffer.byteLength(body)).toBeLessThan(answerBytesMax)
    const answer: Body = JSON.parse(body)
    bodies.push(answer)
    cursor = answer.cursor
  } while (cursor !== undefined && bodies.length < answersMax)
  expect(cursor).toBeUndefined()
  return bodies
}
