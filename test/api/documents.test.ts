import { describe, expect } from 'vitest'
import { auditTable } from '../../audit/table.ts'
import { dayMs } from '../../core/time/time.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { eraseTeam } from '../../ops/erasing.ts'
import { event, good, row, type Sent } from '../support/ask.ts'
import { patiently } from '../support/asking-again.ts'
import { test } from '../support/fixtures.ts'
import { makerOf } from '../support/handler-makers.ts'
import { operatingOn } from '../support/operating.ts'
import { foundAcme, newParty, type Party } from '../support/party.ts'

/* Every document with everything that happens to its team later: it stays as it was issued, byte for byte. */

const autocad = 'automation-autocad'
const issued = Date.parse('2026-03-10T00:00:00Z')

/** A team with two receipts, a bill of two prices in February, and a credit note for one of its lines. */
interface Season {
  readonly table: Table
  readonly party: Party
  now: number
}

const use = (season: Season, id: string, units: number) => {
  const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id, subject: 'viewer' }
  const data = { meter: autocad, quantity: units * 720 }
  const body = [{ ...event, time: new Date(season.now).toISOString(), data }]
  return succeed(season, 'recordUsage', { body })
}

async function succeed({ party }: Season, operationId: string, sent: Sent) {
  const answer = await party.call(operationId, sent)
  expect([operationId, answer.status < 300, answer.body]).toEqual([operationId, true, answer.body])
  return answer
}

const at = (season: Season, day: string) => {
  season.now = Date.parse(`${day}T00:00:00Z`)
}

const profile = { name: 'Acme <&>', country: 'US', paymentMethod: 'credit-card', standing: 'good' }

/** AutoCAD costs 500 cents until the 10th of February, and 900 from then on. */
async function newSeason(table: Table): Promise<Season> {
  const season: Season = { table, party: undefined as never, now: Date.parse('2026-01-20T00:00:00Z') }
  Object.assign(season, { party: await newParty(table, { now: () => season.now }, 'bus') })
  await foundAcme(season.party)
  await succeed(season, 'registerTeam', { body: profile })
  await succeed(season, 'choosePlan', { body: { plan: 'paid', payAsYouGo: true } })
  const publish = (version: string, day: string, usdCentsPerUnit: number) =>
    succeed(season, 'publishRateCard', {
      params: { version },
      body: { effectiveAt: `${day}T00:00:00Z`, meters: [row({ meter: autocad, usdCentsPerUnit })] },
    })
  await publish('v1', '2026-02-01', 500)
  await publish('v2', '2026-02-10', 900)
  at(season, '2026-02-05')
  await use(season, 'e1', 1)
  at(season, '2026-02-12')
  await use(season, 'e2', 1)
  await use(season, 'e3', 1)
  at(season, '2026-03-04')
  await use(season, 'e4', 1)
  await settle(season, 'first')
  await order(season, 'second')
  await settle(season, 'second')
  await succeed(season, 'reverseUsage', {
    body: { reversalId: 'r1', source: 'urn:test', id: 'e3', reason: 'sent twice' },
  })
  season.now = issued
  return season
}

const order = (season: Season, purchaseId: string) =>
  succeed(season, 'purchaseTokens', { body: { purchaseId, tokens: 200 } })

const settle = (season: Season, subject: string, status = 'settled', paymentId = `of-${subject}`) =>
  succeed(season, 'reportPayment', { body: { paymentId, invoiceOrPurchaseId: `acme~${subject}`, status } })

/** The body of an answer as its bytes are sent. */
async function bytesOf({ party }: Season, operationId: string, sent: Sent): Promise<string> {
  const handler = (await makerOf(operationId))(party.deps, undefined as never)
  const { statusCode, body } = await handler(event(operationId, sent))
  expect([operationId, statusCode]).toEqual([operationId, 200])
  return body
}

const february = { period: '2026-02' }
const languages = ['en', 'ja'] as const
const documents: readonly (readonly [name: string, read: (season: Season) => Promise<string>])[] = [
  ['an invoice as JSON', (season) => bytesOf(season, 'getInvoice', { params: february })],
  [
    'an invoice as CSV',
    (season) => bytesOf(season, 'getInvoice', { params: february, headers: { accept: 'text/csv' } }),
  ],
  ...languages.map((language) => {
    const headers = { accept: 'text/html', 'accept-language': language }
    return [
      `an invoice on paper, ${language}`,
      (season: Season) => bytesOf(season, 'getInvoice', { params: february, headers }),
    ] as const
  }),
  ['a receipt as JSON', (season) => bytesOf(season, 'getReceipt', { params: { purchaseId: 'second' } })],
  ...languages.map((language) => {
    const headers = { accept: 'text/html', 'accept-language': language }
    return [
      `a receipt on paper, ${language}`,
      (season: Season) => bytesOf(season, 'getReceipt', { params: { purchaseId: 'second' }, headers }),
    ] as const
  }),
  [
    'a credit note',
    async (season) => {
      const { creditNotes } = JSON.parse(await bytesOf(season, 'listInvoices', {})) as {
        creditNotes: object[]
      }
      expect(creditNotes.length).toBeGreaterThan(0)
      return JSON.stringify(creditNotes.at(-1))
    },
  ],
]

const changes: readonly (readonly [name: string, make: (season: Season) => Promise<unknown>])[] = [
  ['a new name', (season) => succeed(season, 'registerTeam', { body: { ...profile, name: 'Bolt' } })],
  [
    'a move to another country',
    (season) => succeed(season, 'registerTeam', { body: { ...profile, country: 'JP' } }),
  ],
  [
    'no payment method',
    (season) => succeed(season, 'registerTeam', { body: { ...profile, paymentMethod: 'none' } }),
  ],
  ['bad standing', (season) => succeed(season, 'registerTeam', { body: { ...profile, standing: 'bad' } })],
  ['another plan', (season) => succeed(season, 'choosePlan', { body: { plan: 'free' } })],
  ['a suspension', (season) => succeed(season, 'suspendTeam', { body: { reason: 'abuse' } })],
  [
    'a new rate card in force',
    async (season) => {
      const meters = [row({ meter: autocad, usdCentsPerUnit: 1_300 })]
      const body = { effectiveAt: '2026-03-15T00:00:00Z', meters }
      await succeed(season, 'publishRateCard', { params: { version: 'v3' }, body })
      at(season, '2026-03-16')
      await use(season, 'e9', 1)
    },
  ],
  [
    'a new price list, list of countries and list of unrated APIs in force',
    async (season) => {
      const effectiveAt = '2026-03-20T00:00:00Z'
      const params = { version: 'v3' }
      const steps = [{ fromTokens: 10, unitPriceUsdCents: 450 }]
      await succeed(season, 'publishPriceList', { params, body: { effectiveAt, minimumTokens: 10, steps } })
      await succeed(season, 'publishPayAsYouGoCountries', {
        params,
        body: { effectiveAt, countries: ['JP'] },
      })
      await succeed(season, 'publishUnratedApis', { params, body: { effectiveAt, apis: ['issues'] } })
      at(season, '2026-03-21')
    },
  ],
  ['the payment of the invoice', (season) => settle(season, 'invoice:2026-02', 'settled', 'i1')],
  [
    'a failed payment of the invoice, and its whole recovery',
    async (season) => {
      await settle(season, 'invoice:2026-02', 'failed', 'i2')
      season.now += 20 * dayMs
      await season.party.deps.operations.advance('acme')
    },
  ],
  ['a refund of the purchase', (season) => settle(season, 'second', 'refunded')],
  ['a charge-back of the purchase', (season) => settle(season, 'second', 'charged-back')],
  [
    'another credit note',
    (season) =>
      succeed(season, 'reverseUsage', {
        body: { reversalId: 'r2', source: 'urn:test', id: 'e1', reason: 'a test' },
      }),
  ],
  [
    'credit',
    (season) => succeed(season, 'adjustTeam', { body: { adjustmentId: 'c', usdCents: 70, reason: 'x' } }),
  ],
  ['a member', (season) => succeed(season, 'putMember', good.putMember ?? {})],
  [
    'two years',
    async (season) => {
      season.now += 800 * dayMs
      await season.party.deps.operations.advance('acme')
    },
  ],
]

const readAll = async (season: Season) => {
  const all = new Map<string, string>()
  for (const [name, read] of documents) all.set(name, await read(season))
  return all
}

describe('every document', () => {
  test.for(changes)('stays as it was issued after %s', async ([, make], { table }) => {
    const season = await newSeason(table)
    const before = await readAll(season)
    await make(season)
    expect(await readAll(season)).toEqual(before)
  })

  test('stays as it was issued after all of it, one after the other', async ({ table }) => {
    const season = await newSeason(table)
    const before = await readAll(season)
    for (const [name, make] of changes) {
      if (name === 'a charge-back of the purchase') continue
      await make(season)
    }
    expect(await readAll(season)).toEqual(before)
    expect(await auditTable(table)).toMatchObject({ differences: 0 })
  })

  test('loses the name that it bears with an erasure, and nothing else', async ({ table }) => {
    const season = await newSeason(table)
    const before = await readAll(season)
    await eraseTeam(operatingOn(table, season.now).operating, { team: 'acme', apply: true })
    const escaped = 'Acme &lt;&amp;&gt;'
    const erased = [...before].map(
      ([name, text]) => [name, text.replace('Acme <&>', '[erased]').replace(escaped, '[erased]')] as const,
    )
    expect([...(await readAll(season))]).toEqual(erased)
    const bearing = [...before].filter(([name], index) => before.get(name) !== erased[index]?.[1])
    expect(bearing.map(([name]) => name)).toEqual(
      documents.map(([name]) => name).filter((name) => name !== 'an invoice as CSV'),
    )
    expect(await auditTable(table)).toMatchObject({ differences: 0 })
  })
})

const rowOf = (units: number, unitPriceUsdCents: number) => {
  return { meter: autocad, units, unitPriceUsdCents, usdCents: units * unitPriceUsdCents }
}

describe('an invoice', () => {
  test('has one line for each price of a meter, in JSON, in CSV and on paper', async ({ table }) => {
    const season = await newSeason(table)
    const { body } = await succeed(season, 'getInvoice', { params: february })
    expect(body).toMatchObject({ number: 1, usdCents: 2_300, lines: [rowOf(1, 500), rowOf(2, 900)] })
    const csv = await bytesOf(season, 'getInvoice', { params: february, headers: { accept: 'text/csv' } })
    expect(csv.split('\r\n').slice(1, -1)).toEqual([
      `acme-2026-02,2026-02,${autocad},1,500,500,0`,
      `acme-2026-02,2026-02,${autocad},2,900,1800,0`,
    ])
    const rows = { en: ['$5.00', '$9.00'], ja: ['$5.00', '$9.00'] }
    for (const language of languages) {
      const headers = { accept: 'text/html', 'accept-language': language }
      const paper = await bytesOf(season, 'getInvoice', { params: february, headers })
      const prices = [...paper.matchAll(/<td>\d+<\/td><td>([^<]*)<\/td>/g)].map(([, price]) => price)
      expect(prices).toEqual(rows[language])
    }
  })

  test('shows on paper names of meters, the day to pay by, no raw id and no minus zero', async ({
    table,
  }) => {
    const season = await newSeason(table)
    const papers = {
      en: ['Automation API: AutoCAD', 'due by 2026-03-17'],
      ja: ['Automation API', '支払期限 2026-03-17'],
    }
    for (const language of languages) {
      const headers = { accept: 'text/html', 'accept-language': language }
      const paper = await bytesOf(season, 'getInvoice', { params: february, headers })
      for (const text of papers[language]) expect(paper).toContain(text)
      expect(paper).not.toContain(autocad)
      expect(paper).not.toMatch(/-\$|\$-|>-/)
    }
  })

  test('bears a new name and country only if it is issued after the change', async ({ table }) => {
    const season = await newSeason(table)
    await succeed(season, 'registerTeam', { body: { ...profile, name: 'Bolt', country: 'JP' } })
    at(season, '2026-04-03')
    const { body } = await succeed(season, 'listInvoices', {})
    expect(body.invoices).toMatchObject([
      { period: '2026-03', number: 3, teamName: 'Bolt', country: 'JP' },
      { period: '2026-02', number: 1, teamName: 'Acme <&>', country: 'US' },
    ])
    expect(body.creditNotes).toMatchObject([
      { number: 2, teamName: 'Acme <&>', country: 'US', units: 1, unitPriceUsdCents: 900 },
    ])
  })

  test('that falls due before a change and is stored after it bears the earlier name', async ({ table }) => {
    const season = await newSeason(table)
    at(season, '2026-04-20')
    await succeed(season, 'registerTeam', { body: { ...profile, name: 'Bolt', country: 'JP' } })
    const { body } = await succeed(season, 'getInvoice', { params: { period: '2026-03' } })
    expect(body).toMatchObject({ teamName: 'Acme <&>', country: 'US' })
  })
})

describe('a receipt', () => {
  test('is issued when the payment of a purchase has settled, under the next number', async ({ table }) => {
    const season = await newSeason(table)
    await order(season, 'third')
    await order(season, 'fourth')
    const read = async (purchaseId: string) =>
      (await season.party.call('getReceipt', { params: { purchaseId } })).body
    expect(await read('third')).toMatchObject({ code: 'NOT_FOUND' })
    await settle(season, 'fourth')
    await settle(season, 'fourth')
    await succeed(season, 'adjustTeam', { body: { adjustmentId: 'gift', tokens: 5, reason: 'goodwill' } })
    expect(await read('gift')).toMatchObject({ code: 'NOT_FOUND' })
    await settle(season, 'third')
    expect(await read('third')).toMatchObject({
      number: 4,
      tokens: 200,
      usdCents: 60_000,
      purchaseId: 'third',
    })
    expect(await read('fourth')).toMatchObject({ number: 3, unitPriceUsdCents: 300, teamName: 'Acme <&>' })
  })

  test('bears the name of the day on which it was issued', async ({ table }) => {
    const season = await newSeason(table)
    await order(season, 'third')
    await succeed(season, 'registerTeam', { body: { ...profile, name: 'Bolt' } })
    await settle(season, 'third')
    const names = ['second', 'third'].map(async (purchaseId) => {
      return (await succeed(season, 'getReceipt', { params: { purchaseId } })).body.teamName
    })
    expect(await Promise.all(names)).toEqual(['Acme <&>', 'Bolt'])
  })
})

test('numbers of both series have no gap where many payments and reversals race', async ({ table }) => {
  const season = await newSeason(table)
  const others = await Promise.all(
    Array.from({ length: 4 }, () => newParty(table, { now: () => season.now }, 'bus')),
  )
  const racers = [season.party, ...others].map((party) => ({ ...season, party: patiently(party) }))
  const ids = Array.from({ length: 10 }, (_, n) => `p${n}`)
  for (const id of ids) await order(season, id)
  const racer = (n: number) => racers[n % racers.length] ?? season
  await Promise.all([
    ...ids.flatMap((id, n) => [settle(racer(n), id), settle(racer(n + 1), id)]),
    ...['e1', 'e2'].map((id, n) =>
      racer(n).party.call('reverseUsage', {
        body: { reversalId: `r-${id}`, source: 'urn:test', id, reason: 'x' },
      }),
    ),
  ])
  const receipts = await Promise.all(
    ['first', 'second', ...ids].map(async (purchaseId) => {
      return (await season.party.call('getReceipt', { params: { purchaseId } })).body.number
    }),
  )
  expect(receipts.toSorted((a, b) => Number(a) - Number(b))).toEqual(receipts.map((_, n) => n + 1))
  const { invoices, creditNotes } = (await season.party.call('listInvoices', {})).body as Listed
  const numbers = [...invoices, ...creditNotes].map(({ number }) => number)
  expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4])
  expect(await auditTable(table)).toMatchObject({ differences: 0 })
})

type Listed = Record<'invoices' | 'creditNotes', { number: number }[]>
