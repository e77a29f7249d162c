import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, buildSync, type Metafile } from 'esbuild'
import { functions } from '../lib/functions.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const distFolder = join(root, 'dist')

/** The SDK's chain of providers is left out of bundles: a function has its credentials in its environment. */
const alias = {
  '@aws-sdk/credential-provider-node': join(root, 'lambdas/runtime/function-credentials.ts'),
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
  const entryPoints = Object.entries(functions).map(([name, plan]) => ({
    in: plan.entry,
    out: `${name}/index`,
  }))
  rmSync(join(outDir, 'lambdas'), { recursive: true, force: true })
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints,
    outdir: join(outDir, 'lambdas'),
    outExtension: { '.js': '.mjs' },
    ...bundleOptions,
    metafile: true,
  })
  writeFileSync(join(outDir, 'meta.json'), JSON.stringify(metafile))
  return metafile
}

if (import.meta.main) {
  for (const [file, output] of Object.entries(buildFunctions().outputs))
    process.stdout.write(`${(output.bytes / 1000).toFixed(1).padStart(8)} kB  ${file}\n`)
}
