import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { replayClient } from './client.ts'
import { replayProgress } from './progress.ts'
import { type Replayed, replay } from './run.ts'
import { summary } from './totals.ts'

const shippedSample = 'samples/usage-2026-10.ndjson'

const help = `Sends a file of usage events (one CloudEvent per line) to Tollgate and adds up the answers.

  npm run replay -- [FILE|-] [options]

  FILE             newline-delimited CloudEvents; - reads standard input (default ${shippedSample})
  --url URL        where Tollgate listens (default http://127.0.0.1:8787)
  --token TOKEN    a bearer token with scope aps:meter; without it the local issuer is asked for one
  --concurrency N  batches under way at once, 1 to 64 (default 4)
  --batch N        events in one batch, 1 to 1000 (default 1000)
  --as-is          leave the times of a sample as they are

An event is recorded once, however often it is sent, so a replay may be repeated at any time. The times of a sample (its
first event carries "sampleanchor") are moved so that it ends now; of any other file nothing is changed.
Exit code: 0 when every line was answered, 1 when some could not be delivered, 2 for a wrong option.`

/** What the command line asks for, or the text of what is wrong with it. */
function settings() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:8787' },
      token: { type: 'string' },
      concurrency: { type: 'string', default: '4' },
      batch: { type: 'string', default: '1000' },
      'as-is': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (positionals.length > 1) throw new Error('One FILE at a time')
  if (!/^https?:$/.test(URL.parse(values.url)?.protocol ?? ''))
    throw new Error('--url takes an http or https address')
  return {
    help: values.help,
    file: positionals[0] ?? shippedSample,
    url: values.url.replace(/\/+$/, ''),
    token: values.token,
    concurrency: wholeNumber('--concurrency', values.concurrency, 64),
    batch: wholeNumber('--batch', values.batch, 1_000),
    asIs: values['as-is'],
  }
}

async function main(): Promise<number> {
  const chosen = parsedSettings()
  if (typeof chosen === 'string') return printed(2, `${chosen} (--help explains the options)`)
  if (chosen.help) {
    console.log(help)
    return 0
  }
  const source = await opened(chosen.file)
  if (source === undefined) return printed(1, `${chosen.file} cannot be read`)
  const { url, token, concurrency, batch, asIs } = chosen
  const client = replayClient({ url, token })
  const trouble = token === undefined ? await client.connect().catch(messageOf) : undefined
  if (trouble !== undefined) return printed(1, `${url}: ${trouble}. Is Tollgate running there (npm start)?`)
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
  return report(chosen.file, url, replayed)
}

function parsedSettings(): ReturnType<typeof settings> | string {
  try {
    return settings()
  } catch (error) {
    return messageOf(error)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function report(file: string, url: string, { totals, shiftMs, failure }: Replayed): number {
  const name = file === '-' ? 'standard input' : file
  const moved = shiftMs === 0 ? '' : `, times moved by ${spanText(shiftMs)} so that the sample ends now`
  console.log(`${name} → ${url}${moved}\n`)
  for (const line of summary(totals)) console.log(line)
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

function wholeNumber(option: string, text: string, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= max) return value
  throw new Error(`${option} takes a whole number from 1 to ${max}`)
}

function printed(code: number, text: string): number {
  console.error(text)
  return code
}

process.exitCode = await main()
