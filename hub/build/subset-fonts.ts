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
/** The texts of the page and of the API's answers, and the names of the sample teams. */
const textSources = ['hub', 'core', 'contract', 'samples/teams.json']
/** Intl writes these in Japanese dates, times, distances and quantities. */
const ofIntl = '年月日時分秒前後間曜火水木金土午、。・「」'
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
  const slices = slicesOf(characters)
  const hash = createHash('sha256')
    .update(`${family} 1 ${characters.join('')}`)
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

/** Returns the characters that the font must have, in order. */
export function charactersOfTexts(): readonly string[] {
  const texts = textSources
    .flatMap((source) => filesIn(join(root, source)))
    .map((file) => readFileSync(file, 'utf8'))
  const ranges = alwaysIncluded.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)),
  )
  const all = new Set([...texts.join(''), ...countryNames(), ...ofIntl, ...ranges])
  return [...all].filter((character) => character >= ' ').toSorted()
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
function slicesOf(characters: readonly string[]): readonly Slice[] {
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
      return included.length === 0 ? [] : [{ name, file, included }]
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
    .filter((entry) => entry.isFile() && /\.(tsx?|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}
