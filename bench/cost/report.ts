import priceTable from '../prices.json' with { type: 'json' }
import { type BillLine, billOf, quantitiesOf, totalUsd, usualQuantities } from './bill.ts'
import { toFixedText } from './fixed.ts'
import { callsOf, type Fleet } from './fleet.ts'
import type { Counts } from './operation-counts.ts'

export interface CostReport {
  readonly fleet: Fleet
  readonly counts: Counts
  readonly lines: readonly BillLine[]
  readonly usual: readonly BillLine[]
  readonly usd: number
  readonly usualUsd: number
  readonly usdPerMillionCalls: number
  readonly usualUsdPerMillionCalls: number
}

export function costOf(fleet: Fleet, counts: Counts): CostReport {
  const [lines, usual] = [billOf(quantitiesOf(fleet, counts)), billOf(usualQuantities(fleet, counts))]
  const [usd, usualUsd] = [totalUsd(lines), totalUsd(usual)]
  const millions = (callsOf(fleet) + fleet.usageEvents) / 1e6
  const [usdPerMillionCalls, usualUsdPerMillionCalls] = [usd / millions, usualUsd / millions]
  return { fleet, counts, lines, usual, usd, usualUsd, usdPerMillionCalls, usualUsdPerMillionCalls }
}

const money = (usd: number) =>
  usd.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 })

/** The bill as a table in Markdown, next to the usual design's. */
export function toBillText(report: CostReport): string {
  const { region, enteredOn } = priceTable
  const rows = report.lines.map((line, index) => {
    const mark = line.isUnconfirmed ? ' †' : ''
    const usual = report.usual[index]
    return [
      `${line.service}: ${line.of}${mark}`,
      number(line.quantity),
      money(line.usd),
      money(usual?.usd ?? 0),
    ]
  })
  const perMillion = [report.usdPerMillionCalls, report.usualUsdPerMillionCalls].map((usd) => usd.toFixed(4))
  const all = [
    ['a month', 'quantity', 'USD', 'USD, usual design'],
    ['---', '---:', '---:', '---:'],
    ...rows,
    ['**together**', '', money(report.usd), money(report.usualUsd)],
    ['**per million calls and events**', '', ...perMillion],
  ]
  const table = all.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
  return `${table}\n\n${toFixedText()}\n\nList prices of ${region}, entered on ${enteredOn} and not read again at AWS. † never checked: confirm before quoting.`
}
