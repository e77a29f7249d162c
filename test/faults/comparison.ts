import { differences } from '../../audit/differences.ts'
import { auditTable } from '../../audit/table.ts'
import type { Item } from '../../lambdas/store/table.ts'
import { essentials, notifiedFacts } from './essentials.ts'
import type { SeenRequest } from './fault-proxy.ts'
import { inParallel } from './in-parallel.ts'
import type { Operation } from './operation.ts'
import { type Course, Visit } from './visit.ts'
import type { Workbench } from './workbench.ts'

const atOnce = 4
const linesMax = 5

/** An operation that nothing disturbed, and the requests that it made. */
export interface Calm {
  readonly visit: Visit
  readonly requests: readonly SeenRequest[]
}

/** An operation that was disturbed, and the list of its faults. */
export interface Met {
  readonly visit: Visit
  readonly calm: Visit
  readonly where: string
  readonly wrong: string[]
}

/** Compares the items that disturbed operations leave with those of undisturbed ones, which the audit has proved. */
export class Comparison {
  private readonly bench: Workbench
  private readonly calms = new Map<Course, Map<string, Promise<Calm>>>()
  private readonly met: Met[] = []
  /** Items of the tables that several reading operations share. */
  private readonly shared = new Map<string, Promise<readonly Item[]>>()

  constructor(bench: Workbench) {
    this.bench = bench
  }

  /** The operation undisturbed, run once for each course. */
  calm(operation: Operation, course: Course): Promise<Calm> {
    const byName = this.calms.get(course) ?? new Map<string, Promise<Calm>>()
    this.calms.set(course, byName)
    const found = byName.get(operation.name) ?? this.runCalmly(operation, course)
    byName.set(operation.name, found)
    return found
  }

  add(met: Met): void {
    this.met.push(met)
  }

  /** Kills the engine and compares all items as its file has them. Returns the faults of undisturbed operations. */
  async check(): Promise<ReadonlyMap<Operation, readonly string[]>> {
    await this.bench.killEngine()
    const calms = await Promise.all([...this.calms.values()].flatMap((byName) => [...byName.values()]))
    const expected = new Map<Visit, readonly Item[]>()
    const wrong = new Map<Operation, string[]>()
    const audits = calms.map(({ visit, requests }) => async () => {
      expected.set(visit, await this.itemsOf(visit))
      wrong.set(visit.operation, [
        ...(wrong.get(visit.operation) ?? []),
        ...(await this.audit(visit)),
        ...vacuous(visit, requests),
      ])
    })
    await inParallel(audits, atOnce)
    await inParallel(
      this.met.map((met) => () => this.compare(met, expected.get(met.calm) ?? [])),
      atOnce,
    )
    return wrong
  }

  private async runCalmly(operation: Operation, course: Course): Promise<Calm> {
    const visit = await Visit.begin(this.bench, operation)
    const requests = this.bench.proxy.watch(visit.tableName, () => undefined)
    await course(visit)
    return { visit, requests: [...requests] }
  }

  private async audit(visit: Visit): Promise<readonly string[]> {
    const { operation } = visit
    const wrong = [...visit.wrong]
    await auditTable(this.bench.direct(visit.tableName), { onDifference: (line) => wrong.push(line) })
    const made = await visit.made(await this.itemsOf(visit))
    return [...wrong, ...differences(made, operation.makes, 'entries')]
  }

  private itemsOf({ operation, tableName }: Visit): Promise<readonly Item[]> {
    const found = this.shared.get(tableName) ?? this.bench.itemsOf(tableName)
    if (operation.isRead) this.shared.set(tableName, found)
    return found
  }

  private async compare({ visit, calm, wrong, where }: Met, expected: readonly Item[]) {
    const items = essentials(await this.itemsOf(visit), visit.calls)
    const { acknowledgedAt } = visit
    const found = [
      ...visit.wrong,
      ...differences(items, essentials(expected, visit.calls)),
      ...differences(notifiedFacts(visit.outside), notifiedFacts(calm.outside)),
      ...visit.answers.flatMap((answer) => differences(answer, calm.answers[0], 'the answer')),
      ...(acknowledgedAt === undefined
        ? []
        : differences(acknowledgedAt, calm.acknowledgedAt, 'acknowledged at')),
    ]
    wrong.push(...found.slice(0, linesMax).map((line) => `${where}: ${line}`))
  }
}

/** A row of an operation that was meant to write, and did not, would prove nothing. */
function vacuous({ operation }: Visit, requests: readonly SeenRequest[]): readonly string[] {
  const isWriting = requests.some(({ isWrite }) => isWrite)
  return isWriting === (operation.isRead !== true) ? [] : ['it should write, or be marked as reading']
}
