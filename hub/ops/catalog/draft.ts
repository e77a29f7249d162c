import type { Rate } from './rate-tables.tsx'

/** The fields of a row that the form changes, as typed. Money is in dollars. */
export const rowFields = ['freePerPeriod', 'unitSize', 'tokensPerUnit', 'usdCentsPerUnit'] as const
export type RowField = (typeof rowFields)[number]
export type TypedRow = Readonly<Record<RowField, string>>

export type TypedRows = Readonly<Record<string, Partial<TypedRow>>>

const centsPerDollar = 100

/** Returns the text of a field as it is in force. */
export function textOf(rate: Rate, field: RowField): string {
  return field === 'usdCentsPerUnit'
    ? (rate.usdCentsPerUnit / centsPerDollar).toFixed(2)
    : String(rate[field])
}

/** Returns the rows of which a typed field differs from the rate in force, in the order of the rates. */
export function changedRows(rates: readonly Rate[], typed: TypedRows): Rate[] {
  return rates.flatMap((rate) => {
    const fields = Object.entries(typed[rate.meter] ?? {})
    const numbers = fields.map(([field, text]) => {
      const number = Number(text.replaceAll(',', '').trim() || 'nothing')
      return [field, field === 'usdCentsPerUnit' ? Math.round(number * centsPerDollar) : number]
    })
    const row: Rate = { ...rate, ...Object.fromEntries(numbers) }
    return rowFields.some((field) => row[field] !== rate[field]) ? [row] : []
  })
}

/** Returns true if every number of the rows is one. */
export function areNumbers(rows: readonly Rate[]): boolean {
  return rows.every((row) => rowFields.every((field) => Number.isFinite(row[field])))
}
