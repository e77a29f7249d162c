import { type MeterFacts, type RowFilter, rowsMeant } from './usage-sums.ts'

const lineEnd = '\r\n'

/** Of the API's CSV by day, meter and app, its heading and the lines that the filters let through. */
export function csvMeant(csv: string, filter: RowFilter, facts: MeterFacts): string {
  const [heading = '', ...lines] = csv.split(lineEnd)
  const isMeant = (line: string) => {
    const [, meter = '', app = ''] = line.split(',').map(unquoted)
    return (
      rowsMeant([{ meter, app, quantity: 0, units: 0, tokens: 0, usdCents: 0 }], filter, facts).length > 0
    )
  }
  return [heading, ...lines.filter((line) => line === '' || isMeant(line))].join(lineEnd)
}

/** Ids have no commas and no quotes; the API keeps one that begins like a formula from being one. */
const unquoted = (cell: string) => cell.replace(/^"'(.*)"$/, '$1')
