/** Characters at which a spreadsheet may take a cell for a formula. */
const formulaStart = /^[-=+@\t\r]/
/** A negative amount begins like a formula, but is only read as a number. */
const plainNumber = /^-\d+(\.\d+)?$/
const needsQuotes = /[",\r\n']/

/** RFC 4180. A cell that a spreadsheet could take for a formula begins with an apostrophe, which it shows as text. */
export function toCsv<Name extends string>(
  rows: readonly Readonly<Partial<Record<Name, string | number>>>[],
  names: readonly Name[],
): string {
  const lines = rows.map((row) => names.map((name) => cell(row[name])).join(','))
  return `${[names.join(','), ...lines].join('\r\n')}\r\n`
}

function cell(value: string | number | undefined = ''): string {
  const text = String(value)
  const safe = formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
