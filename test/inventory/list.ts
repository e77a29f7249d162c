import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { missingTests } from './compare.ts'
import { coveredTests } from './covered-by.ts'
import { type Inventory, toText } from './inventory.ts'
import { readInventory } from './read-inventory.ts'
import { proposeRenames } from './renames.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const program = new Command('npm run inventory --')
  .description(
    'Lists every test of the short and the long suite, fault cell, kill point and view of the page.',
  )
  .option('--out <file>', 'writes the list to a file instead of the terminal')
  .option(
    '--renames',
    'writes test/inventory/renamed.json for tests that have another name today; read its changes',
  )
  .parse()
const { out, renames = false } = program.opts<{ out?: string; renames?: boolean }>()

const inventory = await readInventory(root)
if (renames) writeRenames(inventory)
else if (out === undefined) process.stdout.write(toText(inventory))
else writeFileSync(out, toText(inventory))
const files = Object.values(inventory.tests)
process.stderr.write(`${files.flat().length} tests in ${files.length} files\n`)

/** Leaves out what the table of covered tests names. */
function writeRenames({ tests }: Inventory): void {
  const before = JSON.parse(readFileSync(new URL('before.json', import.meta.url), 'utf8')) as Inventory
  const missing = missingTests(before.tests, tests, coveredTests)
  const names = new Set(missing.map((line) => line.replace(/ \(test\S+\)$/, '')))
  const proposed = Object.entries(proposeRenames(before.tests, tests)).filter(([was]) => names.has(was))
  const text = JSON.stringify(Object.fromEntries(proposed), undefined, 2)
  writeFileSync(new URL('renamed.json', import.meta.url), `${text}\n`)
  process.stderr.write(`${proposed.length} of ${names.size} tests without a namesake have a proposal\n`)
}
