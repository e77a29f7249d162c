import { parseArgs } from 'node:util'
import { startBenchEngine } from './engine.ts'
import { prepareEnvironment } from './environment.ts'
import { type Figure, toRow, toTable } from './figure.ts'

prepareEnvironment()

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    pairs: { type: 'string', default: '3000' },
    accounts: { type: 'string', default: '10000' },
    apps: { type: 'string', default: '500' },
    // Only the measures whose description contains this; the table is then not written.
    only: { type: 'string', default: '' },
  },
})
const engine = await startBenchEngine()
process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint
try {
  const { measures } = await import('./measures.ts')
  const figures: Figure[] = []
  const [pairs, accounts, apps] = [Number(values.pairs), Number(values.accounts), Number(values.apps)]
  const all = measures(engine, pairs, accounts, apps)
  for (const { doing, run } of all.filter(({ doing }) => doing.includes(values.only))) {
    process.stderr.write(`${doing} …\n`)
    const measured = await run()
    for (const figure of measured) process.stdout.write(`${toRow(figure)}\n`)
    figures.push(...measured)
  }
  if (values.write && values.only === '') {
    const { writeFigures } = await import('./page.ts')
    writeFigures(toTable(figures))
  }
  if (figures.some(({ isMet }) => isMet === false)) process.exitCode = 1
} finally {
  await engine.stop()
}
