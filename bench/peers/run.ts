import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { writeSection } from '../page.ts'
import { toChart } from './chart.ts'
import { comparePeers } from './compare.ts'
import { peers } from './peers.ts'
import { toText } from './report.ts'
import { fullScale, quickScale } from './scale.ts'

const program = new Command('npm run bench:peers --')
  .description('Compares Tollgate with other ways to admit and count calls, on one engine of this machine.')
  .option('--quick', 'a small run of about a minute, whose rates mean nothing')
  .option('--only <letters>', 'only these rows, such as bf')
  .option('--write', 'renews docs/peers.md and docs/peers.svg; not with --quick or --only')
  .parse()
const { quick, only, write } = program.opts<{ quick?: boolean; only?: string; write?: boolean }>()

const scale = quick === true ? quickScale : fullScale
const chosen = peers.filter(({ letter }) => only === undefined || only.includes(letter))
const comparison = await comparePeers(chosen, scale, (line) => process.stderr.write(`${line}\n`))
const text = toText(comparison)
process.stdout.write(`${text}\n`)
if (write === true && quick !== true && only === undefined) {
  writeSection('peers', text)
  writeFileSync(new URL('../../docs/peers.svg', import.meta.url), toChart(comparison))
}
