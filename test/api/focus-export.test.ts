import { describe, expect } from 'vitest'
import { focusColumns } from '../../core/focus/row.ts'
import { moveSnapshot } from '../../lambdas/store/account-snapshot.ts'
import { FocusPages } from '../../lambdas/store/focus-pages.ts'
import { baseKey } from '../../lambdas/store/keys.ts'
import type { Sent } from '../support/ask.ts'
import { type SetClock, test } from '../support/fixtures.ts'
import { exactCents, rowsOfCsv, sumsBy, wrongRows } from '../support/focus-checks.ts'
import { foundAcme, type Party } from '../support/party.ts'

const meter = 'automation-autocad'

async function succeed(party: Party, operationId: string, sent: Sent) {
  const answer = await party.call(operationId, sent)
  expect([operationId, answer.status < 300, answer.body]).toEqual([operationId, true, answer.body])
  return answer
}

let events = 0
const use = (party: Party, time: string, quantity: number) => {
  events += 1
  const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:test', id: `e${events}` }
  return succeed(party, 'recordUsage', {
    body: [{ ...event, time, subject: 'viewer', data: { meter, quantity } }],
  })
}

const exportOf = (party: Party, from: string, to = from, headers = {}) =>
  party.call('getFocusExport', { query: { from, to }, headers })
const rowsIn = async (party: Party, from: string, to = from) =>
  rowsOfCsv(String((await exportOf(party, from, to)).body.text))

/** Two months with tokens of two prices, money, a credit, an operator's reversal of billed use, and a refund. */
async function playSeason(party: Party, clock: SetClock): Promise<void> {
  clock.time = Date.parse('2026-02-20T10:30:00Z')
  await foundAcme(party)
  await succeed(party, 'purchaseTokens', { body: { purchaseId: 'second', tokens: 5_000 } })
  await succeed(party, 'choosePlan', { body: { plan: 'paid', payAsYouGo: true } })
  clock.time += 3_600_000
  await use(party, '2026-02-20T11:00:00Z', 5_098 * 720)
  await use(party, '2026-02-20T11:20:00Z', 10 * 720)
  clock.time = Date.parse('2026-03-05T00:00:00Z')
  await succeed(party, 'adjustTeam', { body: { adjustmentId: 'x', usdCents: 500, reason: 'goodwill' } })
  await use(party, '2026-02-21T09:30:00Z', 4 * 720)
  await succeed(party, 'reportPayment', {
    body: { paymentId: 'p', invoiceOrPurchaseId: 'acme~invoice:2026-02', status: 'settled' },
  })
  await succeed(party, 'reverseUsage', {
    body: { reversalId: 'r', source: 'urn:test', id: `e${events - 1}`, reason: 'a mistake' },
  })
  clock.time = Date.parse('2026-04-05T00:00:00Z')
}

describe('the FOCUS export', () => {
  test('has every column of each page, and its rows add up to receipts, invoices and credit notes', async ({
    party,
    clock,
  }) => {
    await playSeason(party, clock)
    const { status, headers, body } = await exportOf(party, '2026-02', '2026-04', {
      accept: 'application/json',
    })
    expect([status, headers['content-type'], headers.link]).toEqual([
      200,
      'text/csv; charset=utf-8',
      undefined,
    ])
    expect(headers['content-disposition']).toBe('attachment; filename="focus-acme-2026-02-2026-04.csv"')
    expect(String(body.text).split('\r\n')[0]).toBe(focusColumns.join(','))
    const rows = rowsOfCsv(String(body.text))
    expect(wrongRows(rows)).toEqual([])
    expect(sumsBy(rows, 'InvoiceId', 'BilledCost')).toEqual(
      new Map([
        ['acme-receipt-1', exactCents(30_000)],
        ['acme-receipt-2', exactCents(1_425_000)],
        // Of 5,112 units, tokens pay 5,100, two of them in the second event; the invoice of February was paid before the reversal.
        ['acme-2026-02', exactCents(8 * 300)],
        // All of the credit note becomes credit, and that and the adjustment pay the bill of March.
        ['acme-credit-note-2', 0n],
        ['acme-2026-03', 0n],
      ]),
    )
    const used = sumsBy(
      rows.filter(({ ChargeClass }) => ChargeClass === undefined),
      'x_LotId',
      'EffectiveCost',
    )
    expect(used).toEqual(
      new Map([
        ['first', exactCents(30_000)],
        ['second', exactCents(1_425_000)],
      ]),
    )
  })

  test('lists a month by the bill and not by the day of use', async ({ party, clock }) => {
    await playSeason(party, clock)
    const march = await rowsIn(party, '2026-03')
    expect(march.find(({ ChargePeriodStart }) => ChargePeriodStart === '2026-02-21T09:00:00Z')).toMatchObject(
      {
        BillingPeriodStart: '2026-03-01T00:00:00Z',
        InvoiceId: 'acme-2026-03',
      },
    )
    const all = await rowsIn(party, '2026-02', '2026-03')
    expect([...(await rowsIn(party, '2026-02')), ...march].length).toBe(all.length)
    expect(await rowsIn(party, '2026-01')).toEqual([])
    expect(await rowsIn(party, '2027-01')).toEqual([])
  })

  test('is the same in pages of any size', async ({ party, clock }) => {
    await playSeason(party, clock)
    const seen = await party.deps.operations.look('acme')
    if (seen === undefined) throw new Error('acme exists')
    const question = { seen, sellerName: 'Seller', from: '2026-02', to: '2026-03' }
    const whole = await new FocusPages(party.deps.table).page(question)
    const pages = new FocusPages(party.deps.table, { entriesMax: 2, bytesMax: 1_000_000 })
    const rows = []
    let count = 0
    for (let after: number | undefined; count < 50; count += 1) {
      const page = await pages.page({ ...question, ...(after !== undefined && { after }) })
      rows.push(...page.rows)
      after = page.end
      if (after === undefined) break
    }
    expect(count).toBeGreaterThan(5)
    expect(rows).toEqual(whole.rows)
  })

  test('a refund takes the purchase off the cost', async ({ party, clock }) => {
    await playSeason(party, clock)
    await succeed(party, 'purchaseTokens', { body: { purchaseId: 'third', tokens: 200 } })
    await succeed(party, 'reportPayment', {
      body: { paymentId: 'back', invoiceOrPurchaseId: 'acme~third', status: 'refunded' },
    })
    const rows = await rowsIn(party, '2026-04')
    expect(wrongRows(rows)).toEqual([])
    expect(sumsBy(rows, 'InvoiceId', 'BilledCost')).toEqual(
      new Map([
        ['acme-receipt-3', exactCents(60_000)],
        ['acme-payment-back', exactCents(-60_000)],
      ]),
    )
  })

  test('refuses months whose usage events may be in the archive only', async ({ party, clock }) => {
    await playSeason(party, clock)
    const { account } = (await party.deps.operations.look('acme')) ?? {}
    if (account === undefined) throw new Error('acme exists')
    const at = Date.parse('2026-03-15T00:00:00Z')
    await moveSnapshot(party.deps.table, baseKey('acme'), { version: 0, account: { ...account, at } })
    expect((await exportOf(party, '2026-03')).body).toMatchObject({ errors: [{ pointer: '/query/from' }] })
    expect((await exportOf(party, '2026-04')).status).toBe(200)
  })
})
