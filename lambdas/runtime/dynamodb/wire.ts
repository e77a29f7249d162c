import { type Attributes, fromAttributes, toAttributes } from './attributes.ts'

/** Fields that hold one item, or part of one. */
const singles: ReadonlySet<string> = new Set([
  'Attributes',
  'ExclusiveStartKey',
  'ExpressionAttributeValues',
  'Item',
  'Key',
  'LastEvaluatedKey',
])
/** Fields that hold a list of items. */
const lists: ReadonlySet<string> = new Set(['Items', 'Keys'])
/** Fields whose keys are names of tables, which may be any of the words above. */
const byTable: ReadonlySet<string> = new Set([
  'RequestItems',
  'Responses',
  'UnprocessedItems',
  'UnprocessedKeys',
])

type Change = (item: Record<string, unknown>) => unknown

/** An input of DynamoDB in its JSON: items become attributes, everything else stays. */
export function toWire(input: object): unknown {
  return changeFields(input, toAttributes)
}

/** An output, or an error, with the items of its JSON as plain values. */
export function fromWire(output: object): object {
  return changeFields(output, (item) => fromAttributes(item as Attributes))
}

function changeFields(node: object, change: Change): object {
  return mapFields(node, (value, name) => {
    if (singles.has(name)) return isNode(value) ? change(value) : value
    if (lists.has(name)) return changeEach(value, change)
    if (byTable.has(name) && isNode(value)) return mapFields(value, (each) => changeTable(name, each, change))
    return changeNode(value, change)
  })
}

/** Only the responses of a table are items themselves. */
function changeTable(name: string, value: unknown, change: Change): unknown {
  return name === 'Responses' ? changeEach(value, change) : changeNode(value, change)
}

function changeEach(value: unknown, change: Change): unknown {
  return Array.isArray(value) ? value.map(change) : value
}

function changeNode(value: unknown, change: Change): unknown {
  if (Array.isArray(value)) return value.map((each) => changeNode(each, change))
  return isNode(value) ? changeFields(value, change) : value
}

function mapFields(node: object, map: (value: unknown, name: string) => unknown): object {
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, map(value, name)]))
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
