import { expect } from 'vitest'
import { dayMs } from '../../core/time/time.ts'
import type { HttpResponse } from '../../lambdas/http/event.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { event } from '../support/ask.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, type Party } from '../support/party.ts'
import { putItems } from '../support/put-items.ts'
import { type UseOfDay, usageItems } from '../support/usage-rows.ts'

const apps = 1_250
const days = 34
const from = '2026-01-10'
const to = '2026-02-12'
const dayAt = (index: number) => new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10)
const appAt = (index: number) => `app-${String(index).padStart(5, '0')}`

const uses: readonly UseOfDay[] = Array.from({ length: apps * days }, (_, index) => {
  return { appId: appAt(index % apps), meter: 'jobs', day: dayAt(Math.floor(index / apps)), quantity: 1 }
})

type Row = Readonly<Record<string, string | number>>

async function page(party: Party, query: Record<string, string>) {
  const { status, body } = await party.call('getUsage', { query: { from, to, ...query } })
  expect(status).toBe(200)
  return body as { readonly rows: readonly Row[]; readonly cursor?: string }
}

/** The rows of all pages. */
async function allRows(party: Party, query: Record<string, string>): Promise<readonly Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const answer = await page(party, { ...query, ...(cursor && { cursor }) })
    rows.push(...answer.rows)
    cursor = answer.cursor
  } while (cursor !== undefined)
  return rows
}

/** The query of the next page. */
function nextOf(link: string | undefined): Record<string, string> | undefined {
  const query = /^<\/v1\/teams\/acme\/usage\?(.*)>; rel="next"$/.exec(link ?? '')?.[1]
  return query === undefined ? undefined : Object.fromEntries(new URLSearchParams(query))
}

const rowsOf = (rows: readonly Row[]) => rows.map((row) => Object.values(row).slice(0, -3).join(' '))

test.describe('a team with 1,250 apps that each made one event on each of 34 days', () => {
  let table: Table
  let party: Party

  test.beforeAll(async ({ engine }) => {
    table = await engine.newTable()
    const { newParty } = await import('../support/party.ts')
    party = await newParty(table, { now: () => Date.parse('2026-02-20T10:00:00Z') })
    await foundAcme(party)
    await putItems(table, usageItems('acme', uses))
  })

  test.each([
    ['meter', ['jobs 42500']],
    ['month', ['2026-01 27500', '2026-02 15000']],
    ['month,meter', ['2026-01 jobs 27500', '2026-02 jobs 15000']],
    ['day', Array.from({ length: days }, (_, index) => `${dayAt(index)} 1250`)],
    ['day,meter', Array.from({ length: days }, (_, index) => `${dayAt(index)} jobs 1250`)],
  ])('has its use by %s in one answer', async (groupBy, lines) => {
    const { rows, cursor } = await page(party, { groupBy })
    expect(rowsOf(rows)).toEqual(lines)
    expect(cursor).toBeUndefined()
  })

  test.each([
    ['app', apps, 34],
    ['app,meter', apps, 34],
    ['month,app', apps * 2, 22],
    ['day,app', apps * days, 1],
    ['day,meter,app', apps * days, 1],
  ])('has its use by %s complete in pages, with no sum in two of them', async (groupBy, count, quantity) => {
    const rows = await allRows(party, { groupBy })
    const names = rows.map(({ day, month, meter, app }) => [day, month, meter, app].join(' '))
    expect(new Set(names).size).toBe(count)
    expect(rows).toHaveLength(count)
    expect(rows.reduce((sum, row) => sum + Number(row.quantity), 0)).toBe(apps * days)
    expect(rows[0]?.quantity).toBe(quantity)
  })

  test('has the use of one app in one answer', async () => {
    const { rows, cursor } = await page(party, { groupBy: 'day,meter', appId: appAt(700) })
    expect(rows).toHaveLength(days)
    expect(cursor).toBeUndefined()
    expect(rowsOf((await page(party, { groupBy: 'app', appId: appAt(700) })).rows)).toEqual([
      `${appAt(700)} 34`,
    ])
  })

  test('has its use as CSV in pages that link to the next one and have the same heading', async () => {
    const { getUsage } = await import('../../lambdas/api/get-usage.ts')
    const handler = getUsage(party.deps)
    const lines: string[] = []
    let query: Record<string, string> | undefined = { from, to, groupBy: 'day,meter,app' }
    let count = 0
    while (query !== undefined) {
      const { body, headers, statusCode }: HttpResponse = await handler(
        event('getUsage', { query, headers: { accept: 'text/csv' } }),
      )
      expect(statusCode).toBe(200)
      const [heading, ...rest] = body.trimEnd().split('\r\n')
      expect(heading).toBe('day,meter,app,quantity,units,tokens,usdCents')
      lines.push(...rest)
      query = nextOf(headers.link)
      count += 1
    }
    expect(count).toBeGreaterThan(4)
    expect(new Set(lines).size).toBe(apps * days)
  })

  test.each([
    ['meter', '2026-01'],
    ['day', ':app-00001'],
    ['day', '2026-01:app-00001'],
    ['day', '2025-12'],
    ['day', '2026-03'],
    ['app', '2026-01'],
    ['app', '2026-01:app-00001'],
    ['month,app', '2026-01'],
    ['month,app', ':app-00001'],
    ['month,app', 'first'],
  ])('refuses for groupBy=%s the cursor %s, which no answer has given', async (groupBy, cursor) => {
    const { status, body } = await party.call('getUsage', { query: { from, to, groupBy, cursor } })
    expect(status).toBe(400)
    expect(body.errors).toEqual([
      { pointer: '/query/cursor', message: 'must be a cursor of an earlier answer' },
    ])
  })

  test('refuses day and month together, and names the field', async () => {
    const { status, body } = await party.call('getUsage', { query: { from, to, groupBy: 'day,month' } })
    expect(status).toBe(400)
    expect(body.errors).toEqual([
      { pointer: '/query/groupBy', message: 'must not be day and month together' },
    ])
  })
})
