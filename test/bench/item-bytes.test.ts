import { expect, test } from 'vitest'
import { itemBytes } from '../../bench/item-bytes.ts'

test.each([
  ['a name and a text, in UTF-8', { pk: 'é' }, 4],
  ['a boolean and null', { a: true, b: null }, 4],
  ['a number of one or two digits', { n: 42 }, 3],
  ['a number of three digits', { n: 421 }, 4],
  ['trailing zeros, in pairs', { n: 4_200_000 }, 1 + 3],
  ['a negative number', { n: -42 }, 4],
  ['an instant in milliseconds', { n: 1_781_517_600_123 }, 1 + 8],
  ['a list: 3, and 1 for each element', { l: [1, 'ab'] }, 1 + 3 + 1 + 2 + 1 + 2],
  ['a map: 3, and 1 for each pair', { m: { a: 1 } }, 1 + 3 + 1 + 1 + 2],
  ['an empty list', { l: [] }, 4],
  ['what is not stored', { a: undefined }, 0],
])('counts %s', (_what, item, bytes) => expect(itemBytes(item)).toBe(bytes))

test('a fraction is refused, because no stored number is one', () =>
  expect(() => itemBytes({ n: 0.5 })).toThrow('whole number'))
