import type { FocusColumn, FocusRow } from '../../core/focus/row.ts'

/* Checks of exported rows, on their texts alone: nothing of the export's own arithmetic is used. */

const places = 12
const decimal = /^-?\d+\.\d{2,9}$/

/** A decimal text as a whole number of 10^-12. */
export function exact(text = '0'): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const digits = BigInt(whole + fraction.padEnd(places, '0'))
  return text.startsWith('-') ? -digits : digits
}

const wholeOne = exact('1.0')

const products = [
  ['ListUnitPrice', 'PricingQuantity', 'ListCost'],
  ['ContractedUnitPrice', 'PricingQuantity', 'ContractedCost'],
] as const

const decimals = [
  'BilledCost',
  'EffectiveCost',
  'ListCost',
  'ContractedCost',
  'PricingCurrencyEffectiveCost',
  'ListUnitPrice',
  'ContractedUnitPrice',
  'PricingQuantity',
  'ConsumedQuantity',
] as const satisfies FocusColumn[]

/** The rows whose price times quantity is not their cost, or whose numbers are no decimals. */
export function wrongRows(rows: readonly FocusRow[]): readonly string[] {
  return rows.flatMap((row) => {
    const name = `${row.x_EntryVersion} ${row.ChargeDescription}`
    const texts = decimals.filter((column) => row[column] !== undefined && !decimal.test(row[column] ?? ''))
    const costs = products.filter(
      ([price, quantity, cost]) =>
        row[price] !== undefined && exact(row[price]) * exact(row[quantity]) !== exact(row[cost]) * wholeOne,
    )
    const isUsage = row.ChargeCategory === 'Usage'
    const inTokens = exact(row.PricingCurrencyContractedUnitPrice) * exact(row.PricingQuantity)
    const isPriced = !isUsage || inTokens === exact(row.PricingCurrencyEffectiveCost) * wholeOne
    const isPaidBefore = row.PricingCurrency === 'Flex Tokens' || row.ChargeCategory === 'Purchase'
    const isBilled = !isUsage || isPaidBefore || row.BilledCost === row.EffectiveCost
    return [
      ...texts.map((column) => `${name}: ${column} is ${row[column]}`),
      ...costs.map(([, , cost]) => `${name}: ${cost}`),
      ...(isPriced ? [] : [`${name}: cost in the currency of its price`]),
      ...(isBilled ? [] : [`${name}: billed`]),
      ...(row.InvoiceId === undefined ? [`${name}: no invoice`] : []),
    ]
  })
}

/** Sums of a column by the value of another, in 10^-12. Rows without that value are left out. */
export function sumsBy(
  rows: readonly FocusRow[],
  by: FocusColumn,
  column: FocusColumn,
): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const row of rows) {
    const key = row[by]
    if (key !== undefined) sums.set(key, (sums.get(key) ?? 0n) + exact(row[column]))
  }
  return sums
}

/** US cents as a whole number of 10^-12 dollars. */
export const exactCents = (usdCents: number): bigint => (BigInt(usdCents) * wholeOne) / 100n

/** Thousandths of tokens as a whole number of 10^-12 tokens. */
export const exactMilli = (milliTokens: number): bigint => (BigInt(milliTokens) * wholeOne) / 1_000n

/** The rows of a CSV text whose cells contain no quotes and no commas. */
export function rowsOfCsv(csv: string): readonly FocusRow[] {
  const [heading = '', ...lines] = csv.split('\r\n').filter((line) => line !== '')
  const names = heading.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(
      names.map((name, index) => [name, cells[index]]).filter(([, cell]) => cell !== ''),
    )
  })
}
