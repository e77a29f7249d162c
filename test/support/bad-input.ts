export interface BadBody {
  readonly what: string
  /** JSON, or a text that looks like JSON. */
  readonly text: string
  /** The field that the answer must name. */
  readonly pointer: string
}

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

/** Bodies that are not a JSON object, with the status of their answer. */
export const badBodies: readonly { readonly what: string; readonly text: string; readonly status: number }[] =
  [
    { what: 'half a document', text: '{"a":', status: 400 },
    { what: 'NaN', text: '{"quantity":NaN}', status: 400 },
    { what: 'single quotes', text: "{'a':1}", status: 400 },
    { what: 'a comma too many', text: '{"a":1,}', status: 400 },
    { what: 'two documents', text: '{}{}', status: 400 },
    { what: 'a raw control character', text: '{"name":"a\u0000b"}', status: 400 },
    { what: 'null', text: 'null', status: 400 },
    { what: 'a text', text: '"text"', status: 400 },
    { what: 'a number', text: '1', status: 400 },
    { what: 'a number beyond all', text: '1e999', status: 400 },
    { what: 'an array', text: '[]', status: 400 },
    { what: 'an array of arrays', text: '[[]]', status: 400 },
    { what: 'an array of nulls', text: '[null]', status: 400 },
    { what: 'a prototype', text: '{"__proto__":{"quantity":1}}', status: 400 },
    { what: 'a thousand levels', text: nested(1_000), status: 400 },
    { what: 'seventeen levels', text: nested(17), status: 400 },
    { what: 'two megabytes', text: `"${'x'.repeat(2_000_000)}"`, status: 413 },
  ]

const long = 'x'.repeat(400_000)
const wrongTexts = [1, true, null, {}, [], '', 'a\u0000b', 'a\u001b[2J', '\ud800', 'x\u2028y', long]
const wrongNumbers = [-1, 0.0005, 2 ** 53, 1e300, '1', true, null, {}, []]
const wrongFlags = ['true', 1, null, {}]

/** Every field of a valid body with every invalid value, in turn; then a missing field and an unknown field. */
export function badFields(body: object): BadBody[] {
  const unknown = {
    what: 'an unknown field',
    text: JSON.stringify({ ...body, surprise: 1 }),
    pointer: '/surprise',
  }
  return [...(Array.isArray(body) ? [] : [unknown]), ...badValues(body, '', (value) => value)]
}

function badValues(node: object, path: string, whole: (value: unknown) => unknown): BadBody[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const pointer = `${path}/${key}`
    const replaced = (other: unknown) =>
      whole(Array.isArray(node) ? node.with(Number(key), other) : { ...node, [key]: other })
    const bad = wrongFor(value).map((other) => {
      const text = JSON.stringify(replaced(other))
      return { what: `${pointer} = ${JSON.stringify(other).slice(0, 40)}`, text, pointer }
    })
    const infinite = {
      what: `${pointer} = 1e999`,
      text: JSON.stringify(replaced('@')).replace('"@"', '1e999'),
      pointer,
    }
    const inside = typeof value === 'object' && value !== null ? badValues(value, pointer, replaced) : []
    return [...bad, infinite, ...inside]
  })
}

function wrongFor(value: unknown): readonly unknown[] {
  switch (typeof value) {
    case 'string':
      return wrongTexts
    case 'number':
      return wrongNumbers
    case 'boolean':
      return wrongFlags
    default:
      // null removes a limit, so a number would be valid there.
      if (value === null) return wrongNumbers.filter((other) => other !== null)
      return Array.isArray(value) ? [1, 'x', null, {}, [null], [[]]] : [1, 'x', null, [], [{}]]
  }
}

/** Invalid values of a path parameter, as sent. */
export const badSegments: readonly string[] = [
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '..',
  '.',
  '%00',
  'a%00b',
  'a%0ab',
  'a%23b',
  'a%2Fb',
  'a%7Cb',
  '%e0%80',
  '%',
  '%zz',
  '%F0%9F%98%80',
  'a%20b',
  "a'--",
  '*',
  '__proto__%00',
  'x'.repeat(65),
  'x'.repeat(5_000),
]

/** Invalid queries, with the parameter that the answer must name. */
export const badQueries: readonly { operationId: string; query: string; pointer: string }[] = [
  { operationId: 'getUsage', query: '', pointer: '/query/from' },
  { operationId: 'getUsage', query: 'from=2026-02-30&to=2026-03-01', pointer: '/query/from' },
  { operationId: 'getUsage', query: 'from=2026-03-02&to=2026-03-01', pointer: '/query/to' },
  { operationId: 'getUsage', query: 'from=2020-01-01&to=2026-03-01', pointer: '/query/to' },
  { operationId: 'getUsage', query: 'from=2026-03-01&to=2026-03-01&groupBy=team', pointer: '/query/groupBy' },
  {
    operationId: 'getUsage',
    query: 'from=2026-03-01&to=2026-03-01&groupBy=day,day',
    pointer: '/query/groupBy',
  },
  { operationId: 'getUsage', query: 'from=2026-03-01&to=2026-03-01&more=1', pointer: '/query/more' },
  { operationId: 'getUsage', query: 'from=%00&to=2026-03-01', pointer: '/query/from' },
  { operationId: 'getFocusExport', query: '', pointer: '/query/from' },
  { operationId: 'getFocusExport', query: 'from=2026-02&to=2026-13', pointer: '/query/to' },
  { operationId: 'getFocusExport', query: 'from=2026-02&to=2026-01', pointer: '/query/to' },
  { operationId: 'getFocusExport', query: 'from=2024-02&to=2026-02', pointer: '/query/to' },
  { operationId: 'getFocusExport', query: 'from=2026-02&to=2026-02&cursor=0', pointer: '/query/cursor' },
  { operationId: 'getFocusExport', query: 'from=2026-02&to=2026-02&cursor=999999', pointer: '/query/cursor' },
  { operationId: 'listEntries', query: 'cursor=%00', pointer: '/query/cursor' },
  { operationId: 'listEntries', query: 'cursor=nonsense', pointer: '/query/cursor' },
  { operationId: 'listEntries', query: `cursor=${'x'.repeat(2_000)}`, pointer: '/query/cursor' },
  { operationId: 'listEntries', query: 'day=2026-02-30', pointer: '/query/day' },
  { operationId: 'listEntries', query: 'kind=anything', pointer: '/query/kind' },
  { operationId: 'listEntries', query: 'lotId=adjustment:a:b', pointer: '/query/lotId' },
  { operationId: 'listEntries', query: 'appId=%00', pointer: '/query/appId' },
  { operationId: 'choosePlan', query: 'preview=yes', pointer: '/query/preview' },
  { operationId: 'purchaseTokens', query: 'preview=1', pointer: '/query/preview' },
  { operationId: 'getOffer', query: 'at=2026-01-01T00:00:00Z', pointer: '/query/at' },
  { operationId: 'getBalance', query: 'surprise=1', pointer: '/query/surprise' },
  { operationId: 'getRateCard', query: 'at=yesterday', pointer: '/query/at' },
]
