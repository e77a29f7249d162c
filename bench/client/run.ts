import { parseArgs } from 'node:util'
import { toRow } from '../figure.ts'
import { loadFigures } from './load-figures.ts'
import { runLoad } from './run-load.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    callers: { type: 'string', default: '4' },
    rate: { type: 'string', default: '200000' },
  },
})
const result = await runLoad({
  callers: Number(values.callers),
  seconds: Number(values.seconds),
  callsPerSecond: Number(values.rate),
  progress: (line) => process.stderr.write(`${line} …\n`),
})
const figures = loadFigures(result)
for (const figure of figures) process.stdout.write(`${toRow(figure)}\n`)
if (figures.some(({ isMet }) => isMet === false)) process.exitCode = 1
