import type { RejectedLine } from './lines.ts'

/** One charge of a usage result. `tokens` has at most three decimals. */
export interface Charge {
  readonly source: string
  readonly units?: number
  readonly tokens?: number
  readonly usdCents?: number
}

/** The result for one event. */
export interface UsageResult {
  readonly status: 'recorded' | 'duplicate' | 'rejected'
  readonly charges?: readonly Charge[]
  readonly late?: boolean
  readonly overrun?: boolean
  readonly problem?: EventProblem
}

export interface EventProblem {
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  readonly errors?: readonly { readonly pointer?: string; readonly message?: string }[]
}

interface SourceSum {
  units: number
  milliTokens: number
  usdCents: number
}

const rejectedShownMax = 20

/** Adds up the results of one replay. */
export class ReplayTotals {
  recorded = 0
  duplicate = 0
  late = 0
  overrun = 0
  resentBatches = 0
  undelivered = 0
  /** The first line of the file that was not delivered. */
  undeliveredFirst = Number.POSITIVE_INFINITY
  /** The first rejected lines of the file. Further ones are only counted, by code. */
  rejectedShown: RejectedLine[] = []
  readonly rejectedCodes = new Map<string, number>()
  readonly sources = new Map<string, SourceSum>()

  get rejected(): number {
    return [...this.rejectedCodes.values()].reduce((sum, lines) => sum + lines, 0)
  }

  get answered(): number {
    return this.recorded + this.duplicate + this.rejected
  }

  /** Counts the result of line `number`. */
  add(number: number, result: UsageResult): void {
    if (result.status === 'rejected') this.reject(rejection(number, result.problem))
    else this[result.status] += 1
    if (result.status !== 'recorded') return
    if (result.late) this.late += 1
    if (result.overrun) this.overrun += 1
    for (const charge of result.charges ?? []) this.charge(charge)
  }

  reject(line: RejectedLine): void {
    this.rejectedCodes.set(line.code, (this.rejectedCodes.get(line.code) ?? 0) + 1)
    const shown = [...this.rejectedShown, line].sort((left, right) => left.number - right.number)
    this.rejectedShown = shown.slice(0, rejectedShownMax)
  }

  undeliver(number: number): void {
    this.undelivered += 1
    this.undeliveredFirst = Math.min(this.undeliveredFirst, number)
  }

  private charge({ source, units = 0, tokens = 0, usdCents = 0 }: Charge): void {
    const sum = this.sources.get(source) ?? { units: 0, milliTokens: 0, usdCents: 0 }
    sum.units += units
    sum.milliTokens += Math.round(tokens * 1000)
    sum.usdCents += usdCents
    this.sources.set(source, sum)
  }
}

function rejection(number: number, problem: EventProblem = {}): RejectedLine {
  const { code = 'REJECTED', title, detail, errors = [] } = problem
  // The name of the wrong field is more useful than the general sentence.
  const fields = errors.map(({ pointer = '', message = '' }) => `${pointer} ${message}`.trim()).join('; ')
  return { number, code, reason: fields || (detail ?? title ?? 'no reason given') }
}

/** Formats the summary, line by line. */
export function summary(totals: ReplayTotals): string[] {
  return [
    `recorded   ${count(totals.recorded)}${marks(totals)}`,
    `duplicate  ${count(totals.duplicate)}`,
    `rejected   ${count(totals.rejected)}`,
    ...chargeLines(totals),
    ...rejectedLines(totals),
    ...deliveryLines(totals),
  ]
}

function marks({ late, overrun }: ReplayTotals): string {
  const parts = [late > 0 ? `${late} late` : '', overrun > 0 ? `${overrun} beyond a free amount` : '']
  const shown = parts.filter((part) => part !== '')
  return shown.length > 0 ? `  (${shown.join(', ')})` : ''
}

function chargeLines({ sources }: ReplayTotals): string[] {
  if (sources.size === 0) return ['', 'charges    none']
  const rows = [...sources].sort(([left], [right]) => left.localeCompare(right))
  const lines = rows.map(([source, { units, milliTokens, usdCents }]) => {
    const usd = usdCents === 0 ? '-' : (usdCents / 100).toFixed(2)
    return chargeLine(source, String(units), milliTokens === 0 ? '-' : String(milliTokens / 1000), usd)
  })
  return ['', chargeLine('charges', 'units', 'tokens', 'USD'), ...lines]
}

function chargeLine(source: string, units: string, tokens: string, usd: string): string {
  return `${source.padEnd(16)}${units.padStart(10)}${tokens.padStart(12)}${usd.padStart(12)}`
}

const rejectedMeaning =
  'A rejected line is not recorded and costs nothing. Correct it, and send it again under its id.'

function rejectedLines({ rejected, rejectedShown, rejectedCodes }: ReplayTotals): string[] {
  if (rejected === 0) return []
  const lines = rejectedShown.map(
    ({ number, code, reason }) => `  line ${number}  ${code}: ${printable(reason)}`,
  )
  const rest = rejected - rejectedShown.length
  const codes = [...rejectedCodes].sort((left, right) => right[1] - left[1])
  const byReason = codes.map(([code, codeLines]) => `${printable(code)} ${count(codeLines)}`).join(', ')
  const more = rest > 0 ? [`  … and ${count(rest)} more`] : []
  return ['', 'rejected lines', ...lines, ...more, `  by reason: ${byReason}`, '', rejectedMeaning]
}

function deliveryLines({ resentBatches, undelivered, undeliveredFirst }: ReplayTotals): string[] {
  const resent = `${count(resentBatches)} batches were sent again; what a first try had recorded counts as duplicate`
  const missing = `${count(undelivered)} lines could not be delivered (the first is line ${undeliveredFirst}): run it again`
  return [...(resentBatches > 0 ? ['', resent] : []), ...(undelivered > 0 ? ['', missing] : [])]
}

/** A reason may quote text from an untrusted source, so control characters must not reach the terminal. */
function printable(text: string): string {
  const oneLine = text.replaceAll(/\p{Cc}+/gu, ' ')
  return oneLine.length > 200 ? `${oneLine.slice(0, 200)}…` : oneLine
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
