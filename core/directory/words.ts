/*
 * Words by which a team is found. A query finds a team if each of the query's words begins one of the team's words. Case,
 * accents and full-width forms do not count. Japanese has no spaces, so each rest of a Japanese word is a word, too: 建設 finds
 * 東京建設.
 */

/** The most words of one team. Apps and addresses behind them are found by their exact id or address alone. */
export const wordsMax = 400

/** Characters that count in a word, and in a Japanese one, of which each rest is stored. */
const charsMax = 64
const japaneseCharsMax = 12

/** Everything about a team that a search looks at. */
export interface Findable {
  readonly teamId: string
  readonly name: string
  readonly addresses: readonly string[]
  readonly apps: readonly { readonly appId: string; readonly name: string }[]
}

/** The words of a team in their order, without those that begin another one: they find nothing more. */
export function teamWords({ teamId, name, addresses, apps }: Findable): readonly string[] {
  const words = new Set<string>()
  const texts = [teamId, name, ...addresses, ...apps.flatMap((app) => [app.name, app.appId])]
  for (const text of texts) {
    for (const word of storedWords(text)) words.add(word)
    if (words.size >= wordsMax) break
  }
  const sorted = [...words].slice(0, wordsMax).toSorted(compareText)
  return sorted.filter((word, index) => sorted[index + 1]?.startsWith(word) !== true)
}

/** The words of a query, each of which must begin a word of the team; none where the query has no letter or digit. */
export function queryWords(query: string): readonly string[] {
  const words = tokensOf(query).flatMap((token) =>
    isJoined(token) ? [cut(token, charsMax)] : runsOf(token).map(cutRun),
  )
  return [...new Set(words)]
}

/** True if each word of a query begins one of a team's words. */
export function hasWords(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((prefix) => words.some((word) => word.startsWith(prefix)))
}

/** Orders texts as the table does: by code point. UTF-16 would place emoji before some Japanese punctuation. */
export function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  for (const [index, char] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    if (char !== other) return (char.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0)
  }
  return left.length - right.length
}

function storedWords(text: string): readonly string[] {
  return tokensOf(text).flatMap((token) => {
    const whole = isJoined(token) ? [token] : []
    const domain = token.includes('@') ? [token.slice(token.lastIndexOf('@') + 1)] : []
    // Most domains have the same few ends (`com`), so an end alone finds nothing.
    const parts = token.includes('@') ? token.slice(0, token.lastIndexOf('@')) : token
    return [...whole, ...domain].map((word) => cut(word, charsMax)).concat(runsOf(parts).flatMap(restsOf))
  })
}

/** Combining accents of European letters. Those of kana tell words apart, so they stay. */
const accents = /[\u0300-\u036f]/g

/** The text without case, accents and width, in pieces between spaces, without marks at their ends. */
function tokensOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(accents, '').normalize('NFKC').toLowerCase()
  return plain
    .split(/\s+/u)
    .map((token) => token.replace(/[^\p{L}\p{N}\p{M}@._-]/gu, ' ').trim())
    .flatMap((token) => token.split(' '))
    .map((token) => token.replace(/^[@._-]+|[@._-]+$/g, ''))
    .filter((token) => token !== '')
}

/** True for addresses, ids and the like, whose parts a mark joins. */
const isJoined = (token: string): boolean => /[@._-]/.test(token)

const japanese = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}`
const runs = new RegExp(`[${japanese}]+|[^${japanese}]+`, 'gu')

/** Words of a token: letters and digits, Japanese ones apart from others. */
function runsOf(token: string): readonly string[] {
  return token.split(/[@._-]+/).flatMap((part) => part.match(runs) ?? [])
}

const isJapanese = (run: string): boolean => new RegExp(`^[${japanese}]`, 'u').test(run)

function restsOf(run: string): readonly string[] {
  if (!isJapanese(run)) return [cut(run, charsMax)]
  const chars = [...run]
  return chars.map((_, from) => chars.slice(from, from + japaneseCharsMax).join(''))
}

function cutRun(run: string): string {
  return cut(run, isJapanese(run) ? japaneseCharsMax : charsMax)
}

function cut(text: string, max: number): string {
  return [...text].slice(0, max).join('')
}
