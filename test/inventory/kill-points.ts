import { Comparison } from '../faults/comparison.ts'
import { asked, untilAnswered } from '../faults/visit.ts'
import { Workbench } from '../faults/workbench.ts'

/** Runs every operation undisturbed and counts the points at which it can be killed: before and after each request. */
export async function countKillPoints(): Promise<Readonly<Record<string, number>>> {
  const bench = await Workbench.start()
  try {
    // Loading handlers makes them read the environment, which is set by now.
    const { operations } = await import('../faults/team-operations.ts')
    const comparison = new Comparison(bench)
    const points: Record<string, number> = {}
    for (const operation of operations) {
      const course = operation.settle === undefined ? untilAnswered : asked
      points[operation.name] = 2 * (await comparison.calm(operation, course)).requests.length
    }
    return points
  } finally {
    await bench.stop()
  }
}
