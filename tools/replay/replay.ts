import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { addTarget, makeCommand, wholeNumber } from '../command-line.ts'
import { replayClient } from './client.ts'
import { replayProgress } from './progress.ts'
import { type Replayed, replay } from './run.ts'
import { summary } from './totals.ts'

interface Options {
  readonly url: string
  readonly token?: string
  readonly concurrency: number
  readonly batch: number
  readonly asIs: boolean
}

/** Sends a file, or standard input for `-`. Returns the exit code. */
async function sendFile(file: string, options: Options): Promise<number> {
  const { url, token, concurrency, batch, asIs } = options
  const source = await opened(file)
  if (source === undefined) return fail(`${file} cannot be read`)
  const client = replayClient({ url, token })
  const trouble = token === undefined ? await client.connect().catch(messageOf) : undefined
  if (trouble !== undefined) return fail(`${url}: ${trouble}. Is Tollgate running there (npm start)?`)
  const progress = replayProgress(source.sizeBytes)
  const replayed = await replay({
    input: source.input,
    client,
    concurrency,
    batch,
    asIs,
    onProgress: progress.show,
  })
  progress.stop()
  return report(file, url, replayed)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function report(file: string, url: string, { totals, isSample, shiftMs, failure }: Replayed): number {
  const name = file === '-' ? 'standard input' : file
  const moved = shiftMs === 0 ? '' : `, times moved by ${spanText(shiftMs)} so that the sample ends now`
  console.log(`${name} → ${url}${moved}\n`)
  for (const line of summary(totals)) console.log(line)
  if (isSample && totals.rejected > 0) console.log('A sample has wrong lines on purpose, as real reports do.')
  if (failure !== undefined)
    console.error(`\nStopped: ${failure}. Is Tollgate running at ${url} (npm start)?`)
  return totals.undelivered === 0 ? 0 : 1
}

function spanText(spanMs: number): string {
  const minutes = Math.abs(Math.round(spanMs / 60_000))
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60)]
  return `${spanMs < 0 ? '-' : ''}${days} d ${hours} h ${minutes % 60} min`
}

async function opened(file: string): Promise<{ input: Readable; sizeBytes?: number } | undefined> {
  if (file === '-') return { input: process.stdin }
  const found = await stat(file).catch(() => undefined)
  return found?.isFile() ? { input: createReadStream(file), sizeBytes: found.size } : undefined
}

function fail(text: string): number {
  console.error(text)
  return 1
}

const notes = `
An event is recorded once, however often it is sent, so a replay may be repeated at any time. The times of a sample (its
first event carries "sampleanchor") are moved so that it ends now; of any other file nothing is changed.
Exit code: 0 when every line was answered, 1 when some could not be delivered, 2 for a wrong option.`

const description =
  'Sends a file of usage events (one CloudEvent per line) to Tollgate and adds up the answers.'

await addTarget(makeCommand('replay', description), 'aps:meter')
  .argument('[file]', 'newline-delimited CloudEvents; - reads standard input', 'samples/usage-2026-10.ndjson')
  .option('--concurrency <n>', 'batches under way at once, 1 to 64', wholeNumber(1, 64), 4)
  .option('--batch <n>', 'events in one batch, 1 to 1000', wholeNumber(1, 1_000), 1_000)
  .option('--as-is', 'leave the times of a sample as they are', false)
  .addHelpText('after', notes)
  .action(async (file: string, options: Options) => {
    process.exitCode = await sendFile(file, options)
  })
  .parseAsync()
