import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import manifest from '../client/package.json' with { type: 'json' }

const root = fileURLToPath(new URL('..', import.meta.url))

/** Entries of the client's package. Each becomes a bundle that needs no other package. */
const entriesAll = ['client', 'middleware', 'spool', 'telemetry'] as const
const entries = entriesAll.filter((name) => existsSync(join(root, `client/${name}.ts`)))

/** Writes the client's package, ready to be published, into a folder. Returns the bytes of each bundle. */
export function buildClient(outDir: string = join(root, 'dist/client')): Readonly<Record<string, number>> {
  rmSync(outDir, { recursive: true, force: true })
  buildSync({
    entryPoints: entries.map((name) => join(root, `client/${name}.ts`)),
    outdir: outDir,
    bundle: true,
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
    minify: true,
    charset: 'utf8',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    logLevel: 'error',
  })
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const types = ['-p', join(root, 'client'), '--outDir', join(outDir, 'types')]
  execFileSync(process.execPath, [compiler, ...types], { stdio: 'inherit' })
  copyFileSync(join(root, 'LICENSE'), join(outDir, 'LICENSE'))
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`)
  return Object.fromEntries(entries.map((name) => [name, statSync(join(outDir, `${name}.js`)).size]))
}

/** The manifest as published: in the workspace, the exports are the sources. */
function publishedManifest() {
  const { private: _, ...published } = manifest
  const exports = entries.map((name) => [
    name === 'client' ? '.' : `./${name}`,
    { types: `./types/client/${name}.d.ts`, default: `./${name}.js` },
  ])
  return { ...published, exports: Object.fromEntries(exports) }
}

if (import.meta.main) {
  for (const [name, bytes] of Object.entries(buildClient())) console.log(`${name}.js ${bytes} bytes`)
}
