import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, buildSync, type Metafile } from 'esbuild'
import { functions, meterFunctions } from '../lib/functions.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const distFolder = join(root, 'dist')

/** The SDK's chain of providers is left out of bundles: a function has its credentials in its environment. */
const alias = {
  '@aws-sdk/credential-provider-node': join(root, 'lambdas/runtime/function-credentials.ts'),
}

/** The functions that services call start more quickly with a logger that writes the same lines (ADR 009). */
const meterAlias = {
  ...alias,
  '@aws-lambda-powertools/logger': join(root, 'lambdas/runtime/meter-logger.ts'),
}

/** Folder of the bundles, one folder for each function. */
export const bundlesFolder = join(distFolder, 'lambdas')

// CommonJS packages still call `require`, which a module does not have.
const banner =
  "import { createRequire as makeRequire } from 'node:module';const require = makeRequire(import.meta.url);"

/** Options of every bundle. Non-ASCII texts stay as they are, because escaped texts are twice as long. */
export const bundleOptions = {
  bundle: true,
  minify: true,
  charset: 'utf8',
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: banner },
  alias,
  legalComments: 'none',
  logLevel: 'error',
} as const satisfies BuildOptions

/**
 * Bundles every function into `<outDir>/lambdas/<name>/index.mjs`, the SDK included, and writes
 * `<outDir>/meta.json`. Throws an error that names the file when an entry is missing or does not compile.
 */
export function buildFunctions(outDir: string = distFolder): Metafile {
  rmSync(join(outDir, 'lambdas'), { recursive: true, force: true })
  const isMeter = (name: string) => meterFunctions.some((each) => each === name)
  const [meter, others] = [
    bundle(outDir, isMeter, meterAlias),
    bundle(outDir, (name) => !isMeter(name), alias),
  ]
  const metafile = {
    inputs: { ...others.inputs, ...meter.inputs },
    outputs: { ...others.outputs, ...meter.outputs },
  }
  writeFileSync(join(outDir, 'meta.json'), JSON.stringify(metafile))
  return metafile
}

function bundle(
  outDir: string,
  isIncluded: (name: string) => boolean,
  aliases: Readonly<Record<string, string>>,
): Metafile {
  const entryPoints = Object.entries(functions)
    .filter(([name]) => isIncluded(name))
    .map(([name, plan]) => ({ in: plan.entry, out: `${name}/index` }))
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints,
    outdir: join(outDir, 'lambdas'),
    outExtension: { '.js': '.mjs' },
    ...bundleOptions,
    alias: aliases,
    metafile: true,
  })
  return metafile
}

if (import.meta.main) {
  for (const [file, output] of Object.entries(buildFunctions().outputs))
    process.stdout.write(`${(output.bytes / 1000).toFixed(1).padStart(8)} kB  ${file}\n`)
}
