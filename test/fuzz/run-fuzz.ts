import { makeCommand, wholeNumber } from '../../tools/command-line.ts'
import { startEngineTables } from '../support/engine-table.ts'
import { type FuzzOptions, runFuzz } from './fuzz.ts'

/* `npm run fuzz`: generated requests to every call, in process, on the real engine. */

async function run(options: FuzzOptions): Promise<void> {
  const engine = await startEngineTables()
  try {
    const { seed, runs, fault, statuses } = await runFuzz(await engine.newTable(), options)
    const counts = [...statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
    process.stdout.write(`seed ${seed}, ${runs} requests; ${counts.join(', ')}\n`)
    if (fault !== undefined) process.stdout.write(`${fault}\n`)
    process.exitCode = fault === undefined ? 0 : 1
  } finally {
    await engine.stop()
  }
}

await makeCommand('fuzz', 'Sends generated requests to every call, and stops at the first wrong answer.')
  .option('--runs <n>', 'number of requests', wholeNumber(1, 10_000_000), 100_000)
  .option('--seed <n>', 'the same seed sends the same requests', wholeNumber(0, 2 ** 31 - 1))
  .option('--seconds-max <n>', 'ends after this time, however many were sent', wholeNumber(1, 86_400), 1_200)
  .action(run)
  .parseAsync()
