import { Command } from 'commander'
import { CannotStart } from '../audit/data-folder/cannot-start.ts'
import { type Runtime, startRuntime } from './runtime.ts'
import { tryLines } from './welcome.ts'

const portDefault = 8787
const progressWidth = 72
const insistingMilliseconds = 500

const settings = `
  PORT         where to listen (default ${portDefault}; 0: any free port)
  DATA_DIR     the data folder (default .data)
  CLOCK_START  initial instant of the clock of a fresh data folder (default: real time)`

interface Options {
  readonly sample: boolean
  readonly page: boolean
}

/**
 * Starts Tollgate on this machine with the environment (`PORT`, `DATA_DIR`, `CLOCK_START`) and runs until it
 * receives a signal.
 */
async function main({ sample, page }: Options): Promise<void> {
  const startedAt = performance.now()
  const dataDir = process.env.DATA_DIR || '.data'
  const runtime = await startRuntime({
    dataDir,
    port: parsePort(process.env.PORT),
    clockStart: process.env.CLOCK_START || undefined,
    sample,
    page,
    tell: showProgressOf(`Tollgate on this machine, data in ${dataDir}`),
  })
  endProgress()
  isStarted = true
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`Listening on ${runtime.url} after ${seconds} s. Stop it with Ctrl-C.\n`)
  if (sample) for (const line of await tryLines(runtime.url, dataDir)) console.log(line)
  stopOnSignal(runtime)
  const reason = await runtime.lost
  console.error(reason)
  await runtime.stop()
  process.exit(1)
}

function parsePort(text: string | undefined): number {
  if (text === undefined || text === '') return portDefault
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new CannotStart(`PORT must be a number up to 65535, not ${text}.`)
}

function stopOnSignal(runtime: Runtime): void {
  let askedAt: number | undefined
  const stop = async () => {
    const now = performance.now()
    // Ctrl-C arrives twice at once, from the terminal and from npm. A second one later means that the person
    // wants to stop at once; the data survives that.
    if (askedAt !== undefined && now - askedAt > insistingMilliseconds) process.exit(1)
    if (askedAt !== undefined) return
    askedAt = now
    await runtime.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  // The parent process is gone.
  process.on('disconnect', stop)
}

let isProgressShown = false
let isStarted = false

function showProgressOf(title: string): (line: string) => void {
  let isFirst = true
  return (line) => {
    if (isFirst) console.log(title)
    isFirst = false
    if (isStarted) console.error(line)
    else showProgress(line)
  }
}

function showProgress(line: string): void {
  if (!process.stdout.isTTY) return void console.log(`  ${line}`)
  isProgressShown = true
  process.stdout.write(`\r\u001b[2K  ${line.slice(0, progressWidth)}`)
}

function endProgress(): void {
  if (isProgressShown) process.stdout.write('\r\u001b[2K')
  isProgressShown = false
}

const options = new Command('npm start --')
  .description('Starts Tollgate on this machine.')
  .option('--no-sample', 'leave a fresh data folder empty')
  .option('--no-page', 'do not build and serve the developer hub page')
  .addHelpText('after', settings)
  .parse()
  .opts<Options>()
try {
  await main(options)
} catch (cause) {
  endProgress()
  console.error(cause instanceof CannotStart ? cause.message : cause)
  process.exit(1)
}
