import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { FocusRow } from '../../../core/focus/row.ts'
import type { Entry } from '../../../core/journal/entry.ts'
import { JournalStore } from '../../../lambdas/store/journal.ts'
import type { Table } from '../../../lambdas/store/table.ts'
import { exportFocus } from '../../../ops/focus.ts'
import { entriesAfter } from '../../../ops/journal.ts'
import { chosenTeams } from '../../../ops/teams.ts'
import { exactCents, exactMilli, rowsOfCsv, sumsBy, wrongRows } from '../../support/focus-checks.ts'
import { operatingOn } from '../../support/operating.ts'
import { brokenRules, findValidator, loadedSum } from './validator.ts'

/** Rules that no file can obey, also those that FOCUS publishes as samples: defects of the validator. */
const defects = [
  'InvoiceId-C-004-C',
  'InvoiceId-C-005-C',
  'PricingCurrency-C-000-C',
  'PricingCurrency-C-003-M',
]
const validator = findValidator()
if ('missing' in validator) console.log(`skipped: ${validator.missing}`)
const programs = 'programs' in validator ? validator.programs : ''

export interface Exportable {
  readonly table: Table
  /** Folder for the exported file. */
  readonly folder: string
  readonly close: () => Promise<void>
}

/** Tests of the export of all teams of a table: each row, the sums of documents and lots, and the validator's opinion. */
export function testExport(open: () => Promise<Exportable>): void {
  let rows: readonly FocusRow[]
  let entries: readonly Entry[]
  let file: string

  beforeAll(async () => {
    const { table, folder, close } = await open()
    entries = await journalsOf(table)
    const { operating, lines } = operatingOn(table, Math.max(...entries.map(({ at }) => at)) + 1)
    await exportFocus(operating, { all: true, from: '2024-01', to: '2028-12', seller: 'Seller' })
    rows = rowsOfCsv(lines.join('\r\n'))
    file = join(folder, 'focus.csv')
    writeFileSync(file, `${lines.join('\n')}\n`)
    return close
  })

  test('has purchases and use, and each row is exact', () => {
    const kinds = new Set(
      rows.map(({ ChargeCategory, PricingCurrency }) => `${ChargeCategory} ${PricingCurrency}`),
    )
    expect([...kinds]).toEqual(expect.arrayContaining(['Purchase USD', 'Usage Flex Tokens', 'Usage USD']))
    expect(rows.length).toBeGreaterThan(10)
    expect(wrongRows(rows)).toEqual([])
  })

  test('adds up to every invoice, receipt and credit note', () => {
    const billed = sumsBy(rows, 'InvoiceId', 'BilledCost')
    const documents = entries.flatMap(documentsOf)
    expect(documents.length).toBeGreaterThan(5)
    for (const { id, usdCents } of documents) expect([id, billed.get(id)]).toEqual([id, exactCents(usdCents)])
  })

  test('the use of each purchase costs the price of its spent tokens, never more than its receipt', () => {
    const used = costByLot(rows)
    const receipts = entries.flatMap((entry) =>
      entry.kind === 'lot-granted' && entry.receipt ? [entry] : [],
    )
    expect(receipts.some(({ teamId, lot }) => used.has(`${teamId} ${lot.lotId}`))).toBe(true)
    for (const { teamId, lot, receipt } of receipts) {
      const cost = used.get(`${teamId} ${lot.lotId}`) ?? 0n
      expect(cost).toBe(
        (BigInt(tokensOf(rows, teamId, lot.lotId)) *
          exactMilli(1) *
          BigInt(receipt?.unitPriceUsdCents ?? 0)) /
          100n,
      )
      expect(cost <= exactCents(receipt?.usdCents ?? 0)).toBe(true)
    }
  })

  test.skipIf('missing' in validator)('breaks no rule of the validator but its own defects', () => {
    expect(brokenRules(programs, file).filter((rule) => !defects.includes(rule))).toEqual([])
  })

  test.skipIf('missing' in validator)(
    'loads with the sum of all documents by the reader of the validator',
    () => {
      const loaded = loadedSum(programs, file, 'BilledCost')
      const total = [...sumsBy(rows, 'InvoiceId', 'BilledCost').values()].reduce((a, b) => a + b, 0n)
      expect([loaded.rows, exactCents(loaded.cents)]).toEqual([rows.length, total])
    },
  )
}

async function journalsOf(table: Table): Promise<readonly Entry[]> {
  const journal = new JournalStore(table)
  const found: Entry[] = []
  for await (const { teamId } of chosenTeams(table, { all: true }))
    for await (const entry of entriesAfter(journal, teamId)) found.push(entry)
  return found
}

interface Document {
  readonly id: string
  readonly usdCents: number
}

function documentsOf(entry: Entry): readonly Document[] {
  const { teamId } = entry
  if (entry.kind === 'period-closed') {
    const { usdCents, carriedInUsdCents, creditUsdCents, carriedUsdCents } = entry
    const due = usdCents + carriedInUsdCents - creditUsdCents - carriedUsdCents
    return [{ id: `${teamId}-${entry.period}`, usdCents: due }]
  }
  if (entry.kind === 'lot-granted' && entry.receipt !== undefined)
    return [{ id: `${teamId}-receipt-${entry.receipt.number}`, usdCents: entry.receipt.usdCents }]
  if (entry.kind !== 'reversal') return []
  return entry.creditNotes.map(({ number, dueUsdCents }) => ({
    id: `${teamId}-credit-note-${number}`,
    usdCents: -dueUsdCents,
  }))
}

/** Effective cost of each lot of each team. */
function costByLot(all: readonly FocusRow[]): ReadonlyMap<string, bigint> {
  const teams = Map.groupBy(all, ({ BillingAccountId = '' }) => BillingAccountId)
  return new Map(
    [...teams].flatMap(([teamId, own]) =>
      [...sumsBy(own, 'x_LotId', 'EffectiveCost')].map(
        ([lotId, cost]) => [`${teamId} ${lotId}`, cost] as const,
      ),
    ),
  )
}

function tokensOf(all: readonly FocusRow[], teamId: string, lotId: string): number {
  const own = all.filter(
    (row) => row.BillingAccountId === teamId && row.x_LotId === lotId && row.ChargeCategory === 'Usage',
  )
  return own.reduce((sum, row) => sum + Math.round(Number(row.PricingCurrencyEffectiveCost) * 1_000), 0)
}
