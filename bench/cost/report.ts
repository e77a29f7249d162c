import priceTable from '../prices.json' with { type: 'json' }
import { assumptions } from './assumptions.ts'
import { billOf, monthlyBill, totalUsd, usualQuantities } from './bill.ts'
import type { BillLine } from './bill-line.ts'
import { countCalls, type Fleet } from './fleet.ts'
import type { Counts } from './operation-counts.ts'
import { doublings, type Range, rangeOf, swingsOf } from './ranges.ts'

export interface CostReport {
  readonly fleet: Fleet
  readonly counts: Counts
  /** The first month's bill, with the likely value of each assumption. */
  readonly lines: readonly BillLine[]
  readonly usual: readonly BillLine[]
  /** The total of all lines, in the first month and in the twelfth. */
  readonly usd: Range
  readonly usdMonth12: Range
  readonly usualUsd: number
  readonly usdPerMillionCalls: number
  readonly usualUsdPerMillionCalls: number
}

export function costOf(fleet: Fleet, counts: Counts): CostReport {
  const usdOf = (month: number) => (some: Fleet) => totalUsd(monthlyBill(some, counts, month))
  const usual = billOf(usualQuantities(fleet, counts))
  const usd = rangeOf(fleet, usdOf(1))
  const usualUsd = totalUsd(usual)
  const millions = (countCalls(fleet) + fleet.usageEvents) / 1e6
  return {
    fleet,
    counts,
    lines: monthlyBill(fleet, counts),
    usual,
    usd,
    usdMonth12: rangeOf(fleet, usdOf(12)),
    usualUsd,
    usdPerMillionCalls: usd.likely / millions,
    usualUsdPerMillionCalls: usualUsd / millions,
  }
}

/** Lines below this amount in both months are combined into one line. */
const shownUsd = 1

/** The bill as a Markdown table, with ranges for two months and a column for the usual design. */
export function toBillText(report: CostReport): string {
  const { fleet, counts } = report
  const usdOfLine = (index: number, month: number) =>
    rangeOf(fleet, (some) => monthlyBill(some, counts, month)[index]?.usd ?? 0)
  const lines = report.lines.map((line, index) => ({
    line,
    ranges: [usdOfLine(index, 1), usdOfLine(index, 12)],
    usual: report.usual[index]?.usd ?? 0,
  }))
  const isShown = ({ ranges }: (typeof lines)[number]) => ranges.some(({ high }) => high >= shownUsd)
  const small = lines.filter((line) => !isShown(line))
  const rows = lines.filter(isShown).map(({ line, ranges, usual }) => {
    const mark = line.isUnconfirmed ? ' †' : ''
    return [`${line.service}: ${line.of}${mark}`, quantityOf(line), ...ranges.map(span), dollars(usual)]
  })
  const smallUsual = small.reduce((sum, { usual }) => sum + usual, 0)
  const perMillion = [report.usdPerMillionCalls, report.usualUsdPerMillionCalls].map((usd) => usd.toFixed(3))
  const totals = [report.usd, report.usdMonth12].map((range) => `**${span(range)}**`)
  const likely = [report.usd, report.usdMonth12].map((range) => dollars(range.likely))
  return table([
    ['a month', 'quantity', 'USD, month 1', 'USD, month 12', 'USD, usual design'],
    ['---', '---:', '---:', '---:', '---:'],
    ...rows,
    [`${small.length} more lines, each below 1 USD`, '', '', '', dollars(smallUsual)],
    ['**all lines together**', '', ...totals, dollars(report.usualUsd)],
    ['… by the likely value of each assumption', '', ...likely, ''],
    ['… per million calls and events', '', perMillion[0] ?? '', '', perMillion[1] ?? ''],
  ])
}

/** The assumptions of the bill, the most influential first, and the costs that it leaves out. */
export function toAssumptionText({ fleet, counts }: CostReport): string {
  const usd = (some: Fleet) => totalUsd(monthlyBill(some, counts))
  const rows = swingsOf(fleet, usd).map(({ name, low, high }) => {
    const { what, from, to, why } = assumptions[name]
    const values = `${number(from)} · **${number(fleet.assumed[name])}** · ${number(to)}`
    return [what, values, span({ low, likely: 0, high }), why]
  })
  const doubled = doublings(fleet, usd)
    .filter(({ change }) => Math.abs(change) >= shownUsd)
    .map(({ name, change }) => `\`${name}\` ${change > 0 ? '+' : '−'}${dollars(Math.abs(change))}`)
  const { region, enteredOn } = priceTable
  return [
    'Assumed, because one machine cannot count it; the widest swing first:',
    table([
      ['assumption', 'from · likely · to', 'bill of month 1, USD', 'why'],
      ['---', '---', '---:', '---'],
      ...rows,
    ]),
    `The fleet's description decides more. USD a month when one number doubles: ${doubled.join(', ')}.`,
    'A range adds up the swings as those of independent errors. Nothing is retired from the table. Left out: free tiers, data ' +
      "transfer, CloudFront and the page's files, mail, calls of KMS, idle runs of the schedules, storage of logs and of team, app " +
      'and usage items (each below 1 USD here), campaigns beyond their transitions, queries of the archive.',
    `List prices of ${region}, entered on ${enteredOn} and not read again at AWS. † never checked: confirm before quoting.`,
  ].join('\n\n')
}

/** One decimal is enough for a quantity, and cannot be taken for dollars and cents. */
const quantityOf = ({ quantity }: BillLine) =>
  quantity.toLocaleString('en', { maximumFractionDigits: quantity < 100 ? 1 : 0 })

function table(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 })

/** Whole dollars: the model is not accurate to the cent. */
function dollars(usd: number): string {
  return usd > 0 && usd < 0.5 ? '< 1' : Math.round(usd).toLocaleString('en')
}

function span({ low, high }: Range): string {
  const [from, to] = [low, high].map((usd) => Math.round(Math.max(0, usd)))
  return from === to ? dollars(high) : `${from?.toLocaleString('en')}–${to?.toLocaleString('en')}`
}
