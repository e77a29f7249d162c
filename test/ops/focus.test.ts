import { expect } from 'vitest'
import { exportFocus } from '../../ops/focus.ts'
import { test } from '../support/fixtures.ts'
import { rowsOfCsv, wrongRows } from '../support/focus-checks.ts'
import { operatingOn } from '../support/operating.ts'
import { foundAcme, newParty } from '../support/party.ts'

const now = Date.parse('2026-02-20T10:00:00Z')
const months = { from: '2026-02', to: '2026-02', seller: 'Seller' }

test('the export of all teams has one heading, and the rows of the API', async ({ table }) => {
  const party = await newParty(table, { now: () => now })
  await foundAcme(party)
  const { operating, lines } = operatingOn(table, now)
  await exportFocus(operating, { all: true, ...months })
  const rows = rowsOfCsv(lines.join('\r\n'))
  expect(
    rows.map(({ ChargeCategory, BilledCost, InvoiceId, InvoiceIssuerName }) => ({
      ...{ ChargeCategory, BilledCost, InvoiceId, InvoiceIssuerName },
    })),
  ).toEqual([
    {
      ChargeCategory: 'Purchase',
      BilledCost: '300.00',
      InvoiceId: 'acme-receipt-1',
      InvoiceIssuerName: 'Seller',
    },
  ])
  expect(wrongRows(rows)).toEqual([])
  const { text } = (await party.call('getFocusExport', { query: { from: '2026-02', to: '2026-02' } })).body
  expect(
    rowsOfCsv(String(text)).map((row) => ({
      ...row,
      InvoiceIssuerName: 'Seller',
      ProviderName: 'Seller',
      PublisherName: 'Seller',
    })),
  ).toEqual(rows)
})

test.for([
  [{ team: 'acme', ...months, to: '2026-01' }, '--to must not be before --from.'],
  [{ team: 'nobody', ...months }, 'There is no team nobody'],
  [{ ...months }, 'Name a team, or use --all.'],
] as const)('refuses %o', async ([choice, message], { table }) => {
  const { operating } = operatingOn(table, now)
  await expect(exportFocus(operating, choice)).rejects.toThrow(message)
})
