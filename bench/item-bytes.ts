/*
 * DynamoDB's own size rule: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 * An attribute is its name and its value; a list or map is 3 bytes, and 1 for each of its elements.
 */

const containerBytes = 3
const elementBytes = 1

/**
 * Bytes of an item, given as a plain object. Undefined fields are not stored. Throws on a value that JSON
 * does not have.
 */
export function itemBytes(item: object): number {
  return fields(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0)
}

function valueBytes(value: unknown): number {
  if (value === null || typeof value === 'boolean') return 1
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number') return numberBytes(value)
  if (Array.isArray(value))
    return value.reduce((sum: number, element) => sum + elementBytes + valueBytes(element), containerBytes)
  if (typeof value === 'object')
    return containerBytes + fields(value).length * elementBytes + itemBytes(value)
  throw new Error(`a ${typeof value} cannot be stored`)
}

/** One byte for every two significant digits, plus one. Leading and trailing zeros are trimmed in pairs. */
function numberBytes(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is not a whole number that can be counted on`)
  const digits = String(Math.abs(value))
  const significant = digits.replace(/(00)+$/, '')
  return Math.ceil(significant.length / 2) + 1 + (value < 0 ? 1 : 0)
}

function fields(item: object): [string, unknown][] {
  return Object.entries(item).filter(([, value]) => value !== undefined)
}
