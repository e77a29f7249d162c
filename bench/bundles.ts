import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { buildFunctions, bundleOptions } from '../bin/build.ts'
import { meterFunctions } from '../lib/functions.ts'
import { type Figure, show } from './figure.ts'
import { median } from './statistics.ts'

const processes = 15
const sdkOnly = 'a function with nothing but the SDK'

/** Builds the functions that services call, and one with only the SDK, and imports each in fresh processes. */
export async function measureBundles(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-bundles-'))
  try {
    buildFunctions(folder)
    const files = new Map<string, string>([[sdkOnly, buildSdkOnly(folder)]])
    for (const name of meterFunctions) files.set(name, join(folder, 'lambdas', name, 'index.mjs'))
    return toFigures(files, importTimes(files))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function buildSdkOnly(folder: string): string {
  const outfile = join(folder, 'sdk-only.mjs')
  buildSync({
    entryPoints: [fileURLToPath(new URL('sdk-only.ts', import.meta.url))],
    outfile,
    ...bundleOptions,
  })
  return outfile
}

/**
 * Milliseconds of each import, by name. The functions take turns, so a busy moment of the machine affects all
 * of them.
 */
function importTimes(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly number[]> {
  const times = new Map<string, number[]>()
  for (let round = 0; round < processes; round++)
    for (const [name, file] of files) times.set(name, [...(times.get(name) ?? []), importOnce(file)])
  return times
}

function importOnce(file: string): number {
  const code =
    'const from = performance.now(); await import(process.argv[1]); console.log(performance.now() - from)'
  const words = ['--input-type=module', '--eval', code, pathToFileURL(file).href]
  return Number(execFileSync(process.execPath, words, { encoding: 'utf8', env: { ...process.env } }))
}

function toFigures(
  files: ReadonlyMap<string, string>,
  times: ReadonlyMap<string, readonly number[]>,
): readonly Figure[] {
  const floorMs = median(times.get(sdkOnly) ?? [])
  const floorBytes = statSync(files.get(sdkOnly) ?? '').size
  return [...files].map(([name, file]) => {
    const { size } = statSync(file)
    const ms = median(times.get(name) ?? [])
    const share =
      name === sdkOnly ? '' : ` (${show(size / floorBytes)}× and ${show(ms / floorMs)}× of the SDK alone)`
    return {
      what: `bundle and cold import, ${name}`,
      value: `${show(size / 1000)} kB, ${show(ms)} ms${share}`,
    }
  })
}
