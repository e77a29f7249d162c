import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { toText } from './inventory.ts'
import { readInventory } from './read-inventory.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const program = new Command('npm run inventory --')
  .description(
    'Lists every test of the short and the long suite, fault cell, kill point and view of the page.',
  )
  .option('--out <file>', 'writes the list to a file instead of the terminal')
  .parse()
const { out } = program.opts<{ out?: string }>()

const inventory = await readInventory(root)
if (out === undefined) process.stdout.write(toText(inventory))
else writeFileSync(out, toText(inventory))
const files = Object.values(inventory.tests)
process.stderr.write(`${files.flat().length} tests in ${files.length} files\n`)
