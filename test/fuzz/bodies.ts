import fc from 'fast-check'
import { changeAt, countPlaces, type Tree, treeOf, treeText } from './json-tree.ts'

/** Some texts, with their quotes and the rest of a body, are just within the limit of most calls; others are beyond it. */
const length = fc.oneof(fc.nat(1_000), fc.integer({ min: 65_300, max: 65_600 }))

const nested = (levels: number) => `${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`

/** Ids that exist, do not exist, or look like one that exists, and texts that mean something to an engine or a language. */
export const oddTexts: readonly string[] = [
  ...[
    'acme',
    'viewer',
    'plan-viewer',
    'a1',
    'job-7f3a',
    'order-1001',
    'first',
    'automation-autocad',
    '2027-01',
  ],
  ...[
    'Acme',
    'acme ',
    'acme\u200b',
    'аcme',
    'ａcme',
    'acme#1',
    'acme/..',
    'acme\u0000',
    'acme:2027-01',
    '.',
    '..',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', '-0', '', ' '],
  ...['\ud800', '\u202e', '\u2028', '\ufeff', '😀', '$ref', ':pk', '#n', '%00', "' OR 1=1 --", '[erased]'],
  ...['2027-02-30T00:00:00Z', '2027-01-31T24:00:00Z', '9999-12-31T23:59:59Z', '2027-01-01T00:00:00+24:00'],
  ...['1969-12-31T23:59:59Z', 'https://[::1]/', 'https://127.1/', 'https://user@example.com/', 'a@b.c'],
]

const oddNumbers: readonly string[] = [
  ...['-0', '0', '-1', '0.1', '0.0005', '1e-400', '1e309', '-1e309', '1E2', '1.0', '100', '720'],
  ...['9007199254740991', '9007199254740993', '1000000000', '1000000001', '123456789012345678901234567890'],
]

const noJson: readonly string[] = [
  'NaN',
  'Infinity',
  '-Infinity',
  'undefined',
  "'a'",
  '01',
  '+1',
  '.5',
  '0x10',
  '',
]

const rawValue: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...oddNumbers) },
  { weight: 6, arbitrary: fc.constantFrom(...oddTexts).map((text) => JSON.stringify(text)) },
  { weight: 4, arbitrary: fc.constantFrom('null', 'true', 'false', '{}', '[]', '[[]]', '[null]', '{"":0}') },
  { weight: 2, arbitrary: fc.maxSafeInteger().map(String) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(...noJson) },
  { weight: 1, arbitrary: fc.nat(30).map(nested) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)) },
  { weight: 1, arbitrary: length.map((chars) => `"${'x'.repeat(chars)}"`) },
)

const oddKey = fc.oneof(fc.constantFrom('surprise', 'data', ...oddTexts), fc.string())

type Mutation = (tree: Tree) => Tree

const replace: fc.Arbitrary<Mutation> = rawValue.map((raw) => () => ({ raw }))

const addKey: fc.Arbitrary<Mutation> = fc.tuple(oddKey, rawValue).map(
  ([key, raw]) =>
    (tree) =>
      'entries' in tree ? { entries: [...tree.entries, [key, { raw }]] } : { items: [tree, { raw }] },
)

/** The same key again, with another value. */
const repeatKey: fc.Arbitrary<Mutation> = fc.tuple(fc.nat(), rawValue).map(([index, raw]) => (tree) => {
  if (!('entries' in tree)) return 'items' in tree ? { items: [...tree.items, ...tree.items] } : tree
  const [key] = tree.entries[index % tree.entries.length] ?? ['a']
  return { entries: [...tree.entries, [key, { raw }]] }
})

const remove: fc.Arbitrary<Mutation> = fc.nat().map((index) => (tree) => {
  if ('entries' in tree) return { entries: tree.entries.toSpliced(index % (tree.entries.length || 1), 1) }
  return 'items' in tree ? { items: tree.items.slice(1) } : { raw: 'null' }
})

const renameKey: fc.Arbitrary<Mutation> = fc.tuple(fc.nat(), oddKey).map(([index, key]) => (tree) => {
  if (!('entries' in tree)) return tree
  const at = index % (tree.entries.length || 1)
  return { entries: tree.entries.map((entry, position) => (position === at ? [key, entry[1]] : entry)) }
})

const mutation = fc.tuple(
  fc.nat(),
  fc.oneof({ weight: 6, arbitrary: replace }, addKey, repeatKey, remove, renameKey),
)

/** Bodies of a call: mostly a valid one with up to three changes, else any text. */
export function bodiesOf(valid: readonly unknown[]): fc.Arbitrary<string> {
  const trees = valid.map(treeOf)
  const mutated = fc
    .tuple(fc.constantFrom(...trees), fc.array(mutation, { maxLength: 3 }))
    .map(([tree, mutations]) =>
      treeText(
        mutations.reduce(
          (changed, [place, change]) => changeAt(changed, place % countPlaces(changed), change),
          tree,
        ),
      ),
    )
  const cut = fc.tuple(mutated, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1)))
  return fc.oneof(
    { weight: 20, arbitrary: mutated },
    { weight: 1, arbitrary: cut },
    { weight: 1, arbitrary: rawValue },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  )
}
