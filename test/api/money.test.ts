import { describe, expect } from 'vitest'
import type { MoneyAnswer, MoneyRowAnswer } from '../../contract/list-money.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { dayMs } from '../../core/time/time.ts'
import { directoryChanges } from '../../lambdas/directory/changes.ts'
import { reportMoney } from '../../ops/money.ts'
import { seededRandom } from '../../tools/sample/random.ts'
import { event, everyScope } from '../support/ask.ts'
import { type SetClock, test } from '../support/fixtures.ts'
import { makerOf } from '../support/handler-makers.ts'
import { ListedTeams } from '../support/listed-teams.ts'
import { operatingOn } from '../support/operating.ts'
import type { Party } from '../support/party.ts'

/* Money across all teams, for operators, on the real engine. */

let party: Party
let clock: SetClock
let teams: ListedTeams
let teamIds: string[]
const billedAt = Date.parse('2026-03-03T00:00:00Z')

test.beforeEach(({ table, party: newcomer, clock: set }) => {
  ;[party, clock, teamIds] = [newcomer, set, []]
  teams = new ListedTeams(table, newcomer)
})

/** A team that pays as it goes, with an admin unless it has none, and its February use in units of 3 USD. */
async function found(team: string, units: number, hasAdmin = true): Promise<void> {
  teamIds.push(team)
  const admin = { memberId: 'mira', email: `mira@${team}.example.com` }
  const profile = { name: `The ${team}`, country: 'JP', paymentMethod: 'credit-card', standing: 'good' }
  await teams.act('registerTeam', team, { body: { ...profile, ...(hasAdmin && { admin }) } })
  if (hasAdmin) {
    const claims = { scope: 'hub:read hub:write', sub: admin.email, person: admin.email }
    const { status } = await party.call('acceptMembership', { params: { teamId: team }, claims })
    expect(status).toBeLessThan(300)
  }
  await teams.addApp(team, `${team}-app`)
  await teams.act('createHub', team, { body: { name: 'Hub' } })
  await teams.act('moveApps', team, { body: { appIds: [`${team}-app`] } })
  await teams.act('choosePlan', team, { body: { plan: 'paid', payAsYouGo: true } })
  if (units > 0) await use(team, `${team}-first`, units)
}

async function use(team: string, id: string, units: number): Promise<void> {
  const data = { meter: 'automation-autocad', quantity: units * 720 }
  const time = new Date(clock.time).toISOString()
  const sent = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id, subject: `${team}-app` }
  const { body } = await party.call('recordUsage', { body: [{ ...sent, time, data }] })
  expect(body).toMatchObject({ results: [{ status: 'recorded' }] })
}

const buy = (team: string, purchaseId: string) =>
  teams.act('purchaseTokens', team, { body: { purchaseId, tokens: 100 } })

async function pay(paymentId: string, reference: string, status: string): Promise<number> {
  const answer = await party.call('reportPayment', {
    body: { paymentId, invoiceOrPurchaseId: reference, status },
  })
  return answer.status
}

/** Moves the clock. Time does what it does in the accounts, and the directory follows. */
async function settleAt(time: number): Promise<void> {
  clock.time = time
  const directory = await teams.directory()
  for (const team of teamIds) {
    await party.deps.operations.advance(team)
    await directory.refresh(team)
  }
}

async function page(query: Record<string, string>): Promise<MoneyAnswer> {
  const { status, body } = await party.call('listMoney', { query, claims: everyScope })
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body as unknown as MoneyAnswer
}

/** All pages of a list, and the sum that its first page gives. */
async function whole(query: Record<string, string>) {
  const rows: MoneyRowAnswer[] = []
  const { sum, ...first } = await page(query)
  let { money, cursor } = first
  for (let pages = 0; pages < 200; pages++) {
    expect(money.length).toBeLessThanOrEqual(Number(query.limit ?? 50))
    rows.push(...money)
    if (cursor === undefined) return { rows, sum }
    const next = await page({ ...query, cursor })
    expect(next.sum).toBeUndefined()
    ;({ money, cursor } = next)
  }
  throw new Error('the list has no end')
}

const seen = (rows: readonly MoneyRowAnswer[]) =>
  rows.map(({ teamId, stage, need, usdCents }) => [teamId, need ?? stage, usdCents])

describe('dues', () => {
  test('come by stage, those overdue first, each with its amount and the next try of its payment', async () => {
    for (const [team, units] of [
      ['late', 2],
      ['failing', 3],
      ['fresh', 4],
    ] as const)
      await found(team, units)
    await found('alone', 5, false)
    await settleAt(billedAt)
    await pay('p1', 'late~invoice:2026-02', 'failed')
    await settleAt(billedAt + 14 * dayMs)
    await pay('p2', 'failing~invoice:2026-02', 'failed')
    await pay('p3', 'alone~invoice:2026-02', 'failed')
    await settleAt(clock.time)
    const { rows, sum } = await whole({ list: 'due' })
    expect(seen(rows)).toEqual([
      ['late', 'overdue', 600],
      ['alone', 'nobody-to-warn', 1_500],
      ['failing', 'failed', 900],
      ['fresh', 'waiting', 1_200],
    ])
    expect(sum).toEqual({ rows: 4, usdCents: 4_200 })
    expect(rows[0]).toMatchObject({
      name: 'The late',
      at: '2026-03-17T00:00:00Z',
      references: ['invoice:2026-02'],
    })
    expect(rows[2]).toMatchObject({ nextTryAt: '2026-03-20T00:00:00Z', stopsAt: '2026-03-31T00:00:00Z' })
    expect(rows[3]).toMatchObject({ at: '2026-03-03T00:00:00Z' })
  })

  test('leave the list when they are paid, also before the directory has followed', async () => {
    await found('acme', 2)
    await settleAt(billedAt)
    await pay('p1', 'acme~invoice:2026-02', 'settled')
    expect((await whole({ list: 'due' })).rows).toEqual([])
    await settleAt(clock.time)
    const at = '2026-03-03T00:00:00Z'
    expect(await page({ list: 'due' })).toEqual({ at, list: 'due', money: [], sum: { rows: 0, usdCents: 0 } })
  })

  test('are a change that the directory follows', async () => {
    await found('acme', 2)
    teams.records = []
    await use('acme', 'second', 1)
    await teams.act('adjustTeam', 'acme', { body: { adjustmentId: 'a1', usdCents: 1, reason: 'sorry' } })
    expect(directoryChanges(teams.records)).toEqual([])
    clock.time = billedAt
    await teams.act('adjustTeam', 'acme', { body: { adjustmentId: 'a2', usdCents: 1, reason: 'sorry' } })
    expect(directoryChanges(teams.records).map(({ teamId }) => teamId)).toEqual(['acme'])
  })
})

describe('the list of what needs a person', () => {
  test('has what nobody else resolves, and not what the recovery still does', async () => {
    for (const team of ['failing', 'silent', 'paid-twice', 'spent']) await found(team, 2)
    await found('disputed', 0)
    await buy('disputed', 'first')
    await use('disputed', 'spends', 2)
    await found('alone', 2, false)
    await settleAt(billedAt)
    for (const team of ['failing', 'alone']) await pay(`f-${team}`, `${team}~invoice:2026-02`, 'failed')
    for (const team of ['paid-twice', 'spent']) await pay(`s-${team}`, `${team}~invoice:2026-02`, 'settled')
    await pay('s-disputed', 'disputed~first', 'charged-back')
    for (const team of ['paid-twice', 'spent']) await pay(`t-${team}`, `${team}~invoice:2026-02`, 'settled')
    // The credit of one of them is returned.
    await pay('t-spent', 'spent~invoice:2026-02', 'refunded')
    await settleAt(billedAt + 3 * dayMs - 1)
    const needs = [
      ['disputed', 'charged-back', 600],
      ['alone', 'nobody-to-warn', 600],
    ]
    const credit = ['paid-twice', 'unexpected-payment', 600]
    expect(seen((await page({})).money)).toEqual([...needs, credit])
    await settleAt(billedAt + 3 * dayMs)
    const { rows, sum } = await whole({ list: 'needs-person', limit: '1' })
    expect(seen(rows)).toEqual([...needs, ['silent', 'no-result', 600], credit])
    expect(sum).toBeUndefined()
    expect(rows[3]).toMatchObject({ paymentId: 't-paid-twice', creditLeftUsdCents: 600 })
  })

  test('has dues for which the recovery has ended, the longest overdue first', async () => {
    await found('b', 1)
    await found('a', 1)
    await settleAt(billedAt)
    await pay('p1', 'b~invoice:2026-02', 'failed')
    await settleAt(billedAt + dayMs)
    await pay('p2', 'a~invoice:2026-02', 'failed')
    await settleAt(billedAt + 20 * dayMs)
    expect(seen((await page({})).money)).toEqual([
      ['b', 'overdue', 300],
      ['a', 'overdue', 300],
    ])
  })
})

describe('acts of a month', () => {
  test('come newest first, with the reason of a credit, in the month in which they happened', async () => {
    await found('acme', 2)
    await teams.act('adjustTeam', 'acme', { body: { adjustmentId: 'a1', tokens: 5, reason: 'a slow week' } })
    await settleAt(billedAt)
    const reversal = { reversalId: 'r1', source: 'urn:test', id: 'acme-first', reason: 'sent twice' }
    await teams.act('reverseUsage', 'acme', { body: reversal })
    const march = await page({ list: 'credited' })
    expect(march).toMatchObject({ list: 'credited', month: '2026-03', sum: { rows: 1, usdCents: 600 } })
    expect(march.money).toMatchObject([{ usdCents: 600, references: ['r1'], reason: 'sent twice' }])
    const february = await page({ list: 'credited', month: '2026-02' })
    expect(february.sum).toEqual({ rows: 1, usdCents: 0, tokens: 5 })
    expect(february.money).toMatchObject([
      {
        teamId: 'acme',
        name: 'The acme',
        kind: 'credited',
        tokens: 5,
        references: ['a1'],
        reason: 'a slow week',
      },
    ])
  })

  test('add up to the sums of the journals after any story', async ({ table }) => {
    const random = seededRandom(20)
    for (const team of ['a', 'b', 'c']) {
      await found(team, random.between(1, 9))
      await buy(team, 'buy1')
    }
    const statuses = ['failed', 'failed', 'settled', 'refunded', 'charged-back']
    for (let act = 0; act < 80; act++) {
      const team = teamIds[random.between(0, 2)] ?? ''
      const kind = random.between(0, 9)
      const adjustment = { adjustmentId: `a${act}`, reason: 'test', usdCents: random.between(1, 500) }
      if (kind < 2) await teams.act('adjustTeam', team, { body: adjustment })
      else if (kind < 3) await buy(team, `buy${random.between(0, 3)}`)
      else if (kind < 4) await use(team, `u${act}`, 1)
      else if (kind < 5 && act > 5) {
        const body = { reversalId: `r${act}`, source: 'urn:test', id: `${team}-first`, reason: 'test' }
        await party.call('reverseUsage', { params: { teamId: team }, body })
      } else {
        const target = random.between(0, 2)
        const reference = ['buy1', 'invoice:2026-02', 'charge-back:buy1'][target] ?? ''
        const status = statuses[random.between(0, 4)] ?? ''
        await pay(`${team}-${target}-${random.between(0, 4)}`, `${team}~${reference}`, status)
      }
      if (act % 4 === 0) await settleAt(clock.time + dayMs)
    }
    const sums = new Map<string, number>()
    const journals = await entries()
    for (const month of ['2026-02', '2026-03'])
      for (const list of ['failed', 'credited', 'refunded', 'charged-back'] as const) {
        const { rows, sum } = await whole({ list, month, limit: '5' })
        const expected = journals.filter((entry) => isAct(entry, list) && inMonth(entry, month))
        const newestFirst = expected.toSorted((x, y) => y.at - x.at)
        expect(rows.map(({ at }) => Date.parse(at))).toEqual(newestFirst.map(({ at }) => at))
        expect(new Set(rows.map(placeOf))).toEqual(new Set(expected.map(placeOf)))
        const usdCents = expected.reduce((total, entry) => total + centsOf(entry), 0)
        expect(sum).toEqual({ rows: expected.length, usdCents })
        sums.set(list, (sums.get(list) ?? 0) + usdCents)
      }
    for (const list of ['failed', 'credited', 'refunded', 'charged-back'])
      expect(sums.get(list)).toBeGreaterThan(0)
    const reported = await reportMoney(operatingOn(table, clock.time).operating, { all: true })
    const total = (name: 'creditedUsdCents' | 'refundedUsdCents' | 'chargedBackUsdCents') =>
      reported.reduce((sum, team) => sum + team[name], 0)
    expect(total('creditedUsdCents')).toBe(sums.get('credited'))
    expect(total('refundedUsdCents')).toBe(sums.get('refunded'))
    expect(total('chargedBackUsdCents')).toBe(sums.get('charged-back'))
    await settleAt(clock.time)
    const due = (await page({ list: 'due' })).sum?.usdCents
    expect(due).toBe(reported.reduce((sum, { dueUsdCents }) => sum + dueUsdCents, 0))
  })
})

test('a CSV has the rows of its page, and a link to the next one', async () => {
  await found('acme', 2)
  for (const adjustmentId of ['a1', 'a2']) {
    clock.time += 1_000
    await teams.act('adjustTeam', 'acme', { body: { adjustmentId, usdCents: 700, reason: '=sorry' } })
  }
  await settleAt(clock.time)
  const handler = (await makerOf('listMoney'))(party.deps, undefined as never)
  const query = { list: 'credited', limit: '1' }
  const { headers, body } = await handler(event('listMoney', { query, headers: { accept: 'text/csv' } }))
  expect(body.split('\r\n')).toEqual([
    'at,team,name,kind,need,stage,usdCents,tokens,references,payment,reason,nextTryAt,stopsAt',
    `2026-02-20T10:00:02Z,acme,The acme,credited,,,700,,a2,,"'=sorry",,`,
    '',
  ])
  expect(headers['content-disposition']).toBe('attachment; filename="money-credited-2026-02.csv"')
  expect(headers.link).toMatch(
    /^<\/v1\/money\?list=credited&month=2026-02&limit=1&cursor=[\w-]+>; rel="next"$/,
  )
})

test.for([
  [{ list: 'paid' }, '/query/list'],
  [{ month: '2026-13' }, '/query/month'],
  [{ cursor: 'eA' }, '/query/cursor'],
  [{ limit: '101' }, '/query/limit'],
] as const)('rejects %o and names the field', async ([query, pointer]) => {
  const { status, body } = await party.call('listMoney', { query, claims: everyScope })
  expect(status).toBe(400)
  expect(body.errors).toMatchObject([{ pointer }])
})

async function entries(): Promise<readonly Entry[]> {
  const all = await Promise.all(teamIds.map((team) => party.deps.journal.since(team, 0, 1_000)))
  return all.flat()
}

const inMonth = ({ at }: Entry, month: string) => new Date(at).toISOString().startsWith(month)
const placeOf = ({ teamId, version }: { readonly teamId: string; readonly version?: number }) =>
  `${teamId} ${version}`

/** Written from the meaning of entries, apart from the code under test. */
function isAct(entry: Entry, list: string): boolean {
  if (list === 'credited' && entry.kind !== 'payment') return centsOf(entry) > 0
  if (entry.kind !== 'payment') return false
  const { status, payable, creditUsdCents, paidFor } = entry
  if (list === 'credited') return creditUsdCents > 0
  if (status !== list) return false
  if (list === 'failed') return payable.status === 'failed'
  return payable.status === status || creditUsdCents < 0 || !('purchase' in paidFor)
}

function centsOf(entry: Entry): number {
  if (entry.kind === 'adjustment') return entry.creditUsdCents
  if (entry.kind === 'reversal')
    return entry.creditUsdCents + entry.creditNotes.reduce((sum, note) => sum + note.dueUsdCents, 0)
  if (entry.kind !== 'payment') return 0
  return entry.creditUsdCents > 0 ? entry.creditUsdCents : entry.usdCents
}
