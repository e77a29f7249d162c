import { readFileSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import * as v from 'valibot'
import { BenchClock } from '../clock.ts'
import { startBenchEngine } from '../engine.ts'
import { prepareEnvironment } from '../environment.ts'
import { writeSection } from '../page.ts'
import { startsAt } from '../teams.ts'
import { defaultFleet, Fleet } from './fleet.ts'
import { keptBill, keptBillFile } from './kept-bill.ts'

const program = new Command('npm run cost --')
  .description(
    'Prints the monthly bill of a fleet, from what each operation is counted to take on the engine.',
  )
  .option('--fleet <file>', 'a fleet as JSON; see bench/cost/fleet.ts for its fields')
  .option('--json', 'prints everything as JSON')
  .option('--write', 'renews docs/performance.md and the bill that the bench compares with')
  .parse()
const options = program.opts<{ fleet?: string; json?: boolean; write?: boolean }>()

const fleet =
  options.fleet === undefined ? defaultFleet : v.parse(Fleet, JSON.parse(readFileSync(options.fleet, 'utf8')))
prepareEnvironment()
const engine = await startBenchEngine()
process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint
try {
  const { countOperations } = await import('./operation-counts.ts')
  const { costOf, toAssumptionText, toBillText } = await import('./report.ts')
  const report = costOf(fleet, await countOperations(engine.tableName, new BenchClock(startsAt), fleet))
  const text = `${toBillText(report)}\n\n${toAssumptionText(report)}`
  process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : text}\n`)
  if (options.write && options.fleet === undefined) {
    writeSection('bill', text)
    writeFileSync(keptBillFile, `${JSON.stringify(keptBill(report), null, 2)}\n`)
  }
} finally {
  await engine.stop()
}
