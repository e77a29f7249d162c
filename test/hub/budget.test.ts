import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { beforeAll, expect, test } from 'vitest'
import { buildPage } from '../../local/page/page-build.ts'

const budgetBytes = 200_000

const Manifest = v.record(
  v.string(),
  v.object({
    file: v.string(),
    imports: v.optional(v.array(v.string()), []),
    dynamicImports: v.optional(v.array(v.string()), []),
  }),
)

let folder: string
let manifest: v.InferOutput<typeof Manifest>
beforeAll(async () => {
  folder = await buildPage()
  manifest = v.parse(Manifest, JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')))
})

/** A chunk with all that must be there before it runs. */
function filesOf(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name]
  if (chunk === undefined) throw new Error(`no chunk ${name}`)
  if (found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const needed of chunk.imports) filesOf(needed, found)
  return found
}

const sizeOf = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0)

test('the first page comes with at most 200 kB of compressed script, texts and all that is around it', () => {
  const files = filesOf('index.html')
  const texts = ['layout', 'terms', 'overview', 'time'].map((name) => `locales/ja/${name}.json`)
  for (const name of [...texts, 'pages/overview/overview-page.tsx', 'time-machine/time-machine.tsx'])
    for (const file of filesOf(name)) files.add(file)
  const bytes = sizeOf(files)
  console.log(`first load: ${bytes} bytes of compressed script in ${files.size} files`)
  expect(bytes).toBeLessThanOrEqual(budgetBytes)
  expect(bytes).toBeGreaterThan(budgetBytes / 4)
})

test('every other page is a separate chunk', () => {
  const first = filesOf('index.html')
  for (const name of [
    'usage',
    'statement',
    'apps',
    'integrate',
    'plan',
    'invoices',
    'members',
    'notifications',
    'activity',
  ])
    expect(first).not.toContain(manifest[`pages/${name}/${name}-page.tsx`]?.file ?? 'none')
})

test("nothing of the operators' console is in what customers load, at first or later", () => {
  const isOfConsole = (name: string) => /(^|\/)ops[/-]/.test(name)
  const consoleFiles = Object.entries(manifest).flatMap(([name, { file }]) =>
    isOfConsole(name) ? [file] : [],
  )
  expect(consoleFiles).toContain(manifest['ops/console.tsx']?.file)
  expect(consoleFiles).toContain(manifest['ops/teams/teams-page.tsx']?.file)
  const pages = Object.keys(manifest).filter((name) => /^(pages|time-machine)\//.test(name))
  expect(pages.length).toBeGreaterThan(10)
  const files = new Set(['index.html', ...pages].flatMap((name) => [...filesOf(name)]))
  expect(consoleFiles.filter((file) => files.has(file))).toEqual([])
})

test('the page has the routes of the contract, and none of its schemas', () => {
  const scripts = Object.values(manifest).filter(({ file }) => file.endsWith('.js'))
  const text = scripts.map(({ file }) => readFileSync(join(folder, file), 'utf8')).join('\n')
  expect(text).toContain('/v1/teams/{teamId}/balance')
  expect(text).not.toContain('strict_object')
  expect(text).not.toContain('safe_integer')
})
