import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { faultPage } from './fault-page.ts'

const program = new Command('npm run faults --')
  .description(
    'Runs every operation through every fault, on the real engine behind a proxy that breaks its protocol.',
  )
  .option('--only <text>', 'only operations whose name contains this')
  .option('--write', 'renews docs/fault-table.md')
  .parse()
const { only = '', write = false } = program.opts<{ only?: string; write?: boolean }>()

const { runTable } = await import('./table.ts')
const { page, found, points, seconds } = await runTable((all) =>
  all.filter(({ name }) => name.includes(only)),
)
for (const line of found) process.stdout.write(`${line}\n`)
process.stdout.write(`${points} points, ${found.length} faults found, ${seconds.toFixed(1)} s\n`)
if (write && only === '') writeFileSync(faultPage, page)
process.exitCode = found.length === 0 ? 0 : 1
