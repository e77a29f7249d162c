import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { buildPage } from '../../local/page/page-build.ts'

const family = 'Tollgate Sans'
const fontBytesMax = 200_000
const root = fileURLToPath(new URL('../..', import.meta.url))

interface Face {
  readonly file: string
  readonly codes: ReadonlySet<number>
}

let folder: string
let faces: readonly Face[]
beforeAll(async () => {
  folder = join(await buildPage(), 'assets')
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.css'))
  const css = sheets.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
  faces = [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)]
    .map(([, rule = '']) => rule)
    .filter((rule) => rule.includes(family))
    .map((rule) => ({ file: /\/assets\/([^")]+\.woff2)/.exec(rule)?.[1] ?? '', codes: codesOf(rule) }))
})

function codesOf(rule: string): ReadonlySet<number> {
  const [, list = ''] = /unicode-range:\s*([^;]+)/.exec(rule) ?? []
  return new Set(
    list.split(',').flatMap((part) => {
      const [from = 0, to = from] = part.trim().replace(/^U\+/i, '').split('-').map(hex)
      return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    }),
  )
}

const hex = (text: string) => Number.parseInt(text, 16)

/** The slices that a browser loads for a text. */
const facesFor = (text: string) => {
  const codes = new Set([...text].map((character) => character.codePointAt(0) ?? 0))
  return faces.filter((face) => [...face.codes].some((code) => codes.has(code)))
}

const sizeOf = (loaded: readonly Face[]) =>
  loaded.reduce((sum, { file }) => sum + readFileSync(join(folder, file)).length, 0)

const textOf = (...paths: string[]) => paths.map((path) => readFileSync(join(root, path), 'utf8')).join('')
const texts = readdirSync(join(root, 'hub/locales/ja'))

test('the font has a glyph for each character of every Japanese text', () => {
  const answers = readdirSync(join(root, 'core/texts')).map((name) => `core/texts/${name}`)
  const all = textOf(...texts.map((name) => `hub/locales/ja/${name}`), ...answers, 'samples/teams.json')
  const known = new Set(faces.flatMap(({ codes }) => [...codes]))
  const missing = [...new Set(all)].filter(
    (character) => character > ' ' && !known.has(character.codePointAt(0) ?? 0),
  )
  expect(missing).toEqual([])
})

test.for(texts.filter((name) => !['layout.json', 'terms.json', 'time.json'].includes(name)))(
  'the fonts of the Japanese page with %s are at most 200 kB',
  (name) => {
    const text = textOf(
      ...['layout.json', 'terms.json', 'time.json', name].map((file) => `hub/locales/ja/${file}`),
    )
    const bytes = sizeOf(facesFor(text))
    expect(bytes).toBeLessThanOrEqual(fontBytesMax)
    expect(bytes).toBeGreaterThan(fontBytesMax / 10)
  },
)

test('the fonts of the English page are at most 50 kB', () => {
  const names = readdirSync(join(root, 'hub/locales/en'))
  const bytes = sizeOf(facesFor(textOf(...names.map((name) => `hub/locales/en/${name}`))))
  expect(bytes).toBeLessThanOrEqual(50_000)
})

test('a slice is loaded for its own characters only', () => {
  const all = faces.flatMap(({ codes }) => [...codes])
  expect(new Set(all).size).toBe(all.length)
  expect(faces.length).toBeGreaterThan(10)
})
