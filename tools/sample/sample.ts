import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { sampleLines } from './generator.ts'

const help = `Makes a sample month of usage events of six teams, one CloudEvent per line.

  npm run sample -- [--seed N] [--events N] [--out FILE]

  --seed N     the same seed gives the same file (default 2026)
  --events N   how many lines (default 24000)
  --out FILE   where to write (default samples/usage-2026-10.ndjson)`

/** What the committed sample was made with. */
export const sampleDefaults = { seed: 2026, events: 24_000, out: 'samples/usage-2026-10.ndjson' }

/** The whole file as text. */
export function sampleText(options: { readonly seed: number; readonly events: number }): string {
  return `${sampleLines(options).join('\n')}\n`
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(sampleDefaults.seed) },
      events: { type: 'string', default: String(sampleDefaults.events) },
      out: { type: 'string', default: sampleDefaults.out },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return console.log(help)
  const events = wholeNumber('--events', values.events, 1, 1_000_000)
  const text = sampleText({ seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1), events })
  await mkdir(dirname(values.out), { recursive: true })
  await writeFile(values.out, text)
  const digest = createHash('sha256').update(text).digest('hex')
  console.log(`${values.out}: ${events} lines, ${Buffer.byteLength(text)} bytes, sha256 ${digest}`)
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new Error(`${option} takes a whole number from ${min} to ${max}`)
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
