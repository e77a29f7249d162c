import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'
import { buildFunctions, bundleOptions } from '../bin/build.ts'
import { meterFunctions } from '../lib/functions.ts'
import { counted, type Figure, show } from './figure.ts'
import { median } from './statistics.ts'

const processes = 15
const bundleBytesMax = 152_000
const [sdkOnly, signedOnly] = [
  'a function with nothing but the SDK',
  'a function with nothing but the signed client',
]

interface Times {
  readonly importMs: number[]
  /** Until the first call is answered; only for the functions with nothing but a client. */
  readonly firstCallMs: number[]
}

/**
 * Builds the functions that services call, and one for each client alone, and imports each in fresh processes. The
 * functions with a client alone also make their first call, to the table.
 */
export async function measureBundles(tableName: string): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-bundles-'))
  try {
    buildFunctions(folder)
    const files = new Map([
      [sdkOnly, buildAlone(folder, new URL('sdk-only.ts', import.meta.url))],
      [signedOnly, buildAlone(folder, new URL('signed-only.ts', import.meta.url))],
    ])
    for (const name of meterFunctions) files.set(name, join(folder, 'lambdas', name, 'index.mjs'))
    return toFigures(files, timesOf(files, tableName))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function buildAlone(folder: string, entry: URL): string {
  const outfile = join(folder, `${parse(entry.pathname).name}.mjs`)
  buildSync({ entryPoints: [fileURLToPath(entry)], outfile, ...bundleOptions })
  return outfile
}

/** The functions take turns, so a busy moment of the machine affects all of them. */
function timesOf(files: ReadonlyMap<string, string>, tableName: string): ReadonlyMap<string, Times> {
  const times = new Map<string, Times>()
  for (const name of files.keys()) times.set(name, { importMs: [], firstCallMs: [] })
  for (let round = 0; round < processes; round++)
    for (const [name, file] of files) {
      const [importMs = 0, firstCallMs = 0] = startOnce(
        file,
        tableName,
        name === sdkOnly || name === signedOnly,
      )
      times.get(name)?.importMs.push(importMs)
      times.get(name)?.firstCallMs.push(firstCallMs)
    }
  return times
}

/** Milliseconds from the start of a process to the end of the import, and of the first call if there is one. */
function startOnce(file: string, tableName: string, isCalled: boolean): readonly number[] {
  const code = `const from = performance.now()
    const { handler } = await import(process.argv[1])
    const times = [performance.now() - from]
    if (${isCalled}) await handler()
    console.log(JSON.stringify([...times, performance.now() - from]))
    process.exit()`
  const words = ['--input-type=module', '--eval', code, pathToFileURL(file).href]
  const env = { ...process.env, TABLE_NAME: tableName }
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', env })) as number[]
}

function toFigures(files: ReadonlyMap<string, string>, times: ReadonlyMap<string, Times>): readonly Figure[] {
  const floorMs = median(times.get(sdkOnly)?.importMs ?? [])
  const floorBytes = statSync(files.get(sdkOnly) ?? '').size
  const rows = [...files].map(([name, file]) => {
    const { size } = statSync(file)
    const ms = median(times.get(name)?.importMs ?? [])
    const share =
      name === sdkOnly ? '' : ` (${show(size / floorBytes)}× and ${show(ms / floorMs)}× of the SDK alone)`
    return {
      what: `bundle and cold import, ${name}`,
      value: `${show(size / 1000)} kB, ${show(ms)} ms${share}`,
    }
  })
  const sizes = meterFunctions.map((name) =>
    counted(`bundle, ${name}`, statSync(files.get(name) ?? '').size, bundleBytesMax, ' bytes'),
  )
  return [...rows, ...sizes, firstCall(times)]
}

function firstCall(times: ReadonlyMap<string, Times>): Figure {
  const [signed, sdk] = [signedOnly, sdkOnly].map((name) => median(times.get(name)?.firstCallMs ?? []))
  if (signed === undefined || sdk === undefined) throw new Error('a client was not timed')
  return {
    what: 'import + first call, signed client ÷ the SDK',
    value: `${show(signed / sdk)}× (${show(signed)} and ${show(sdk)} ms)`,
    target: '≤ 0.6×',
  }
}
