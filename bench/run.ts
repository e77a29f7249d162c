import { parseArgs } from 'node:util'
import { startBenchEngine } from './engine.ts'
import { prepareEnvironment } from './environment.ts'
import { toTable } from './figure.ts'

prepareEnvironment()

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    pairs: { type: 'string', default: '3000' },
    accounts: { type: 'string', default: '10000' },
  },
})
const engine = await startBenchEngine()
process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint
try {
  const { measure } = await import('./measures.ts')
  const figures = await measure(engine, Number(values.pairs), Number(values.accounts), (text) =>
    process.stderr.write(`${text} …\n`),
  )
  process.stdout.write(`${toTable(figures)}\n`)
  if (values.write) {
    const { writeFigures } = await import('./page.ts')
    writeFigures(toTable(figures))
  }
  if (figures.some(({ isMet }) => isMet === false)) process.exitCode = 1
} finally {
  await engine.stop()
}
