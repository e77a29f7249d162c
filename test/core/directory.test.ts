import { describe, expect, test } from 'vitest'
import { compareText, hasWords, queryWords, teamWords, wordsMax } from '../../core/directory/words.ts'

const kumo = {
  teamId: 'team-atelier-kumo',
  name: 'アトリエ・クモ 東京建設ABC Zürich Corp.',
  addresses: ['mira.tan@studio.example.com'],
  apps: [{ appId: 'viewer_1', name: '図面 ﾋﾞｭｰｱ' }],
}
const finds = (query: string, team = kumo) => hasWords(teamWords(team), queryWords(query))

describe('a team is found', () => {
  test.each([
    ['by the beginning of a word of its name', 'zur'],
    ['by several words in any order', 'corp クモ'],
    ['without accents', 'zurich'],
    ['with accents that nobody wrote', 'Côrp'],
    ['in capitals', 'MIRA'],
    ['in full-width letters', 'ＡＢＣ'],
    ['in half-width kana', 'ｸﾓ'],
    ['by its id', 'team-atelier-kumo'],
    ['by the beginning of its id', 'team-at'],
    ['by a part of its id', 'kumo'],
    ['by a member address', 'mira.tan@studio.example.com'],
    ['by a part of an address before the @', 'tan'],
    ['by the domain of an address', 'studio.example'],
    ['by the id of an app', 'viewer_1'],
    ['by the name of an app', 'ビューア'],
    ['by Japanese words inside a longer one', '建設'],
    ['by one Japanese character', '設'],
    ['by Japanese and other letters together', '東京建設abc'],
  ])('%s', (_, query) => expect(finds(query)).toBe(true))

  test.each([
    ['the middle of a word', 'urich'],
    ['one word of two', 'corp acme'],
    ['the end of a domain alone', 'com'],
    ['the voiceless form of a kana', 'ヒューア'],
  ])('a team is not found by %s', (_, query) => expect(finds(query)).toBe(false))
})

test('a query without a letter or digit has no words', () => {
  for (const query of ['', ' ', '--', '・、。', '@', '…']) expect(queryWords(query)).toEqual([])
})

test('a word that begins another word of the team is not stored', () => {
  const words = teamWords({ teamId: 'acme', name: 'Acme Acmeville', addresses: [], apps: [] })
  expect(words).toEqual(['acmeville'])
})

test('no team has more words than the bound, and words of its id and name come before those of apps', () => {
  const apps = Array.from({ length: 10_000 }, (_, n) => ({ appId: `app-${n}`, name: `Tool ${n}x` }))
  const words = teamWords({ ...kumo, apps })
  expect(words.length).toBeLessThanOrEqual(wordsMax)
  expect(hasWords(words, queryWords('team-atelier-kumo 東京 mira.tan@studio.example.com'))).toBe(true)
})

test('the longest names and addresses make words that a key has room for', () => {
  const name = '建'.repeat(100)
  const addresses = [`${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.example`]
  const words = teamWords({ teamId: 'x'.repeat(64), name, addresses, apps: [] })
  expect(Math.max(...words.map((word) => Buffer.byteLength(word)))).toBeLessThanOrEqual(256)
  expect(hasWords(words, queryWords(`${name} ${addresses[0]}`))).toBe(true)
})

test('words never contain the separator of keys', () => {
  const words = teamWords({ teamId: 'a', name: 'a#b #c', addresses: ['x#y@example.com'], apps: [] })
  expect(words.filter((word) => word.includes('#'))).toEqual([])
})

test('texts are in the order of their bytes, as in the table', () => {
  const texts = ['b', 'a#team', 'a-b', 'a', '建', '\u{20000}', '\uff71', 'アト', '', 'a#team-2']
  const bytes = texts.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  expect(texts.toSorted(compareText)).toEqual(bytes)
})
