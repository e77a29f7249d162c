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
  .option('--capacity', 'prints what one Region holds, and which limit larger fleets reach first')
  .option('--json', 'prints everything as JSON')
  .option('--write', 'renews docs/performance.md, docs/capacity.md and the bill that the bench compares with')
  .parse()
const options = program.opts<{ fleet?: string; capacity?: boolean; json?: boolean; write?: boolean }>()

const fleet =
  options.fleet === undefined ? defaultFleet : v.parse(Fleet, JSON.parse(readFileSync(options.fleet, 'utf8')))
prepareEnvironment()
const engine = await startBenchEngine()
process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint
try {
  const { countOperations } = await import('./operation-counts.ts')
  const { costOf, toAssumptionText, toBillText } = await import('./report.ts')
  const report = costOf(fleet, await countOperations(engine.tableName, new BenchClock(startsAt), fleet))
  const { capacityOf, toCapacityText } = await import('./capacity.ts')
  const bill = `${toBillText(report)}\n\n${toAssumptionText(report)}`
  const capacity = toCapacityText(fleet, report.counts)
  const everything = { ...report, capacity: capacityOf(fleet, report.counts) }
  const text = options.capacity ? capacity : bill
  process.stdout.write(`${options.json ? JSON.stringify(everything, null, 2) : text}\n`)
  if (options.write && options.fleet === undefined) {
    writeSection('bill', bill)
    writeSection('capacity', capacity)
    writeFileSync(keptBillFile, `${JSON.stringify(keptBill(report), null, 2)}\n`)
  }
} finally {
  await engine.stop()
}
