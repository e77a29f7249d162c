import { createHash, randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import subsetFont from 'subset-font'

const root = fileURLToPath(new URL('../..', import.meta.url))
const fontFolder = join(root, 'node_modules', '@fontsource-variable', 'noto-sans-jp')
/** The family of the subsets. The whole font has the name `Noto Sans JP Variable`. */
const family = 'Tollgate Sans'
/** The texts of the page, which each page needs many of. */
const pageTexts = ['hub']
/** Texts of the operators' console. Customers do not load the characters that only these have. */
const ofConsole = /\/hub\/(ops|locales\/\w+\/ops\b)/
/** The texts of the API's answers, and the names of the sample teams: a page shows few of them. */
const otherTexts = ['core', 'contract', 'samples/teams.json']
/** Intl writes these in Japanese dates, times, distances and quantities. */
const ofIntl = '年月日時分秒前後間曜火水木金土午、。・「」'
/** No text of the page is vertical. */
const verticalTables = ['vhea', 'vmtx', 'VVAR', 'VORG', 'BASE']
const weights = { min: 400, max: 700 }
/** Letters of Latin-1, which are common in names of people and companies, and all kana. */
const alwaysIncluded = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x3041, 0x3096],
  [0x30a1, 0x30fe],
] as const

/**
 * Makes a font with the characters of our own texts, in the slices of the whole font, so that a page loads only the slices
 * that it uses. Returns the path of its style sheet. Names in data may have other characters: the reader's system shows
 * them, or else the whole font.
 */
export async function subsetFonts(): Promise<string> {
  const characters = charactersOfTexts()
  const slices = characters.flatMap((group, index) => slicesOf(group, index === 0 ? 'common' : 'other'))
  const hash = createHash('sha256')
    .update(JSON.stringify([family, 2, characters]))
    .digest('hex')
    .slice(0, 16)
  const folder = join(root, 'dist', 'hub-fonts', hash)
  const sheet = join(folder, 'fonts.css')
  if (existsSync(sheet)) return sheet
  const draft = `${folder}.${randomUUID()}`
  mkdirSync(draft, { recursive: true })
  const rules: string[] = []
  for (const { name, file, included } of slices) {
    const font = await subsetFont(readFileSync(file), included.join(''), {
      targetFormat: 'woff2',
      variationAxes: { wght: weights },
      keepFeatures: ['kern', 'tnum'],
      noLayoutClosure: true,
      noHinting: true,
      dropTables: verticalTables,
    })
    writeFileSync(join(draft, `${name}.woff2`), font)
    rules.push(ruleOf(name, included))
  }
  writeFileSync(join(draft, 'fonts.css'), rules.join('\n'))
  try {
    renameSync(draft, folder)
  } catch (cause) {
    // Another build was faster, with the same characters.
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(sheet)) throw cause
  }
  return sheet
}

/** Returns the characters that the font must have, in order: those of most pages, and the others. */
function charactersOfTexts(): readonly (readonly string[])[] {
  const ranges = alwaysIncluded.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)),
  )
  const pages = Object.groupBy(filesOf(pageTexts), (file) => (ofConsole.test(file) ? 'console' : 'hub'))
  const common = new Set([...textOf(pages.hub), ...ofIntl, ...ranges])
  const others = [
    ...new Set([...textOf(pages.console), ...textOf(filesOf(otherTexts)), ...countryNames()]),
  ].filter((character) => !common.has(character))
  return [[...common], others].map((characters) =>
    characters.filter((character) => character >= ' ').toSorted(),
  )
}

function filesOf(sources: readonly string[]): readonly string[] {
  return sources.flatMap((source) => filesIn(join(root, source)))
}

function textOf(files: readonly string[] = []): string {
  return files.map((file) => readFileSync(file, 'utf8')).join('')
}

/** Returns the Japanese names of all countries. */
function countryNames(): string {
  const names = new Intl.DisplayNames('ja', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters.flatMap((first) => letters.map((second) => names.of(`${first}${second}`) ?? '')).join('')
}

interface Slice {
  readonly name: string
  readonly file: string
  readonly included: readonly string[]
}

/** Returns the slices of the whole font that have some of the characters, each of which is in one slice only. */
function slicesOf(characters: readonly string[], group: string): readonly Slice[] {
  const ranges: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(join(fontFolder, 'unicode.json'), 'utf8'),
  )
  const left = new Set(characters)
  // The slice of Latin letters is the last one, and has digits and punctuation in the same design.
  return Object.entries(ranges)
    .toReversed()
    .flatMap(([key, range]): readonly Slice[] => {
      const name = key.replace(/[[\]]/g, '')
      const included = [...left].filter((character) => isIn(character, range))
      for (const character of included) left.delete(character)
      const file = join(fontFolder, 'files', `noto-sans-jp-${name}-wght-normal.woff2`)
      return included.length === 0 ? [] : [{ name: `${group}-${name}`, file, included }]
    })
}

function isIn(character: string, range: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return range.split(',').some((part) => {
    const [from = 0, to = from] = part
      .replace('U+', '')
      .split('-')
      .map((text) => Number.parseInt(text, 16))
    return code >= from && code <= to
  })
}

function ruleOf(name: string, included: readonly string[]): string {
  const codes = included.map((character) => `U+${character.codePointAt(0)?.toString(16)}`)
  return `@font-face {
  font-family: "${family}";
  font-style: normal;
  font-display: swap;
  font-weight: ${weights.min} ${weights.max};
  src: url("./${name}.woff2") format("woff2");
  unicode-range: ${codes.join(', ')};
}
`
}

function filesIn(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|json|css)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
