import { type MeterFacts, type RowFilter, rowsMeant } from './usage-sums.ts'

const lineEnd = '\r\n'

/** Returns the heading of the API's CSV (by day, meter and app) and the lines that match the filters. */
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

/** Ids contain no commas and no quotes. The API quotes an id that begins like a formula. */
const unquoted = (cell: string) => cell.replace(/^"'(.*)"$/, '$1')
