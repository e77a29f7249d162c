/** The part of Stryker's report that is read. Lines and columns count from 1. */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>
}

interface Mutant {
  readonly replacement?: string
  readonly status: string
  readonly location: { readonly start: Position; readonly end: Position }
}

interface Position {
  readonly line: number
  readonly column: number
}

/** One change of one place. `from` and `to` have single spaces. */
export interface Change {
  readonly file: string
  /** The whole line on which the change begins. */
  readonly line: string
  readonly from: string
  readonly to: string
}

/** A change that no test can notice, with the reason. */
export interface Equivalent extends Change {
  readonly reason: string
}

export interface Survivor extends Change {
  readonly lineNumber: number
}

export interface Verdict {
  readonly killed: number
  /** The killed ones that took too long. On a busy machine, some of them may be no worse than slow. */
  readonly timedOut: number
  /** Mutants that no test noticed, without the equivalent ones. */
  readonly survivors: readonly Survivor[]
  readonly equivalent: number
  /** Rows of the list whose file was mutated, and whose mutant a test killed. On a busy machine, it may also time out. */
  readonly stale: readonly Equivalent[]
  /** Percent of the mutants without the equivalent ones that a test noticed. */
  readonly score: number
}

const killedStatuses = ['Killed', 'Timeout']
const survivedStatuses = ['Survived', 'NoCoverage']

/** Judges a report without the equivalent mutants. Each row of the list accounts for one mutant. */
export function judge(report: MutationReport, equivalents: readonly Equivalent[]): Verdict {
  const mutants = Object.values(report.files).flatMap((file) => file.mutants)
  const count = (statuses: readonly string[]) =>
    mutants.filter(({ status }) => statuses.includes(status)).length
  const killed = count(killedStatuses)
  const survived = changesOf(report, survivedStatuses)
  const survivedCount = survived.length
  const slow = changesOf(report, ['Timeout'])
  const stale: Equivalent[] = []
  for (const row of equivalents) {
    const index = survived.findIndex((survivor) => isSameChange(survivor, row))
    if (index >= 0) survived.splice(index, 1)
    else if (row.file in report.files && !slow.some((change) => isSameChange(change, row))) stale.push(row)
  }
  const equivalent = survivedCount - survived.length
  const total = killed + survived.length
  return {
    killed,
    timedOut: count(['Timeout']),
    survivors: survived,
    equivalent,
    stale,
    score: total === 0 ? 100 : (100 * killed) / total,
  }
}

function changesOf({ files }: MutationReport, statuses: readonly string[]): Survivor[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => statuses.includes(status))
      .toSorted((a, b) => a.location.start.line - b.location.start.line)
      .map((mutant) => changeOf(file, source.split('\n'), mutant)),
  )
}

function changeOf(file: string, lines: readonly string[], { location, replacement = '' }: Mutant): Survivor {
  const { start, end } = location
  const covered = lines.slice(start.line - 1, end.line)
  const last = covered.length - 1
  const from = covered
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined),
    )
    .join(' ')
  const line = lines[start.line - 1] ?? ''
  return {
    file,
    lineNumber: start.line,
    line: line.trim(),
    from: singleSpaced(from),
    to: singleSpaced(replacement),
  }
}

function singleSpaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function isSameChange(a: Change, b: Change): boolean {
  return a.file === b.file && a.line === b.line && a.from === b.from && a.to === b.to
}
