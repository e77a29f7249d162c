import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeCommand, wholeNumber } from '../command-line.ts'
import { sampleLines } from './generator.ts'

/** Options of the committed sample. */
export const sampleDefaults = { seed: 2026, events: 24_000, out: 'samples/usage-2026-10.ndjson' }

/** Makes the whole file as text. */
export function sampleText(options: { readonly seed: number; readonly events: number }): string {
  return `${sampleLines(options).join('\n')}\n`
}

interface Options {
  readonly seed: number
  readonly events: number
  readonly out: string
}

async function writeSample({ seed, events, out }: Options): Promise<void> {
  const text = sampleText({ seed, events })
  await mkdir(dirname(out), { recursive: true })
  await writeFile(out, text)
  const digest = createHash('sha256').update(text).digest('hex')
  console.log(`${out}: ${events} lines, ${Buffer.byteLength(text)} bytes, sha256 ${digest}`)
}

if (import.meta.main)
  await makeCommand('sample', 'Makes a sample month of usage events of six teams, one CloudEvent per line.')
    .option(
      '--seed <n>',
      'the same seed gives the same file',
      wholeNumber(0, 2 ** 32 - 1),
      sampleDefaults.seed,
    )
    .option('--events <n>', 'number of lines', wholeNumber(1, 1_000_000), sampleDefaults.events)
    .option('--out <file>', 'where to write', sampleDefaults.out)
    .action(writeSample)
    .parseAsync()
