import { parseArgs } from 'node:util'
import { startBenchEngine } from '../engine.ts'
import { prepareEnvironment } from '../environment.ts'
import { toRow } from '../figure.ts'

prepareEnvironment()

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
})
const engine = await startBenchEngine()
process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint
try {
  const { modelFigures } = await import('./figures.ts')
  const { leaseFigures } = await import('./lease-figures.ts')
  const run = { newTable: engine.newTable, seconds: Number(values.seconds), seed: Number(values.seed) }
  const progress = (doing: string) => process.stderr.write(`${doing} …\n`)
  const figures = [...(await modelFigures(run, progress)), ...(await leaseFigures(run, progress))]
  for (const figure of figures) process.stdout.write(`${toRow(figure)}\n`)
  if (figures.some(({ isMet }) => isMet === false)) process.exitCode = 1
} finally {
  await engine.stop()
}
