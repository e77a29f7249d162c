import { parseArgs } from 'node:util'
import { startBenchEngine } from './engine.ts'
import { toTable } from './figure.ts'

// The functions read these when they are loaded, so they are set before anything of them is.
Object.assign(process.env, {
  TABLE_NAME: 'bench',
  PAYMENTS: 'sandbox',
  STAGE: 'bench',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_SERVICE_NAME: 'bench',
})

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
