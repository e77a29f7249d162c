/** An attribute value in DynamoDB's JSON. Sets and binary values are not stored. */
export type Attribute =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly Attribute[] }
  | { readonly M: Attributes }

export type Attributes = Readonly<Record<string, Attribute>>

/**
 * Converts a plain value. Leaves out fields and elements that are undefined. Throws a TypeError for a value that is not
 * stored, and a RangeError for a number that a double does not hold exactly.
 */
export function toAttribute(value: unknown): Attribute {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: toNumberText(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (value === null) return { NULL: true }
  if (Array.isArray(value)) return { L: value.filter(isDefined).map(toAttribute) }
  if (isPlain(value)) return { M: toAttributes(value) }
  throw new TypeError(`a value of this kind is not stored: ${Object.prototype.toString.call(value)}`)
}

/** Converts each field of an item. A field may have any name, also `constructor` or `__proto__`. */
export function toAttributes(item: object): Attributes {
  const fields = Object.entries(item).filter(([, value]) => isDefined(value))
  return Object.fromEntries(fields.map(([name, value]) => [name, toAttribute(value)]))
}

/** The plain value of an attribute. Throws as `toAttribute` does. */
export function fromAttribute(attribute: Attribute): unknown {
  if ('S' in attribute) return attribute.S
  if ('N' in attribute) return fromNumberText(attribute.N)
  if ('BOOL' in attribute) return attribute.BOOL
  if ('NULL' in attribute) return null
  if ('L' in attribute) return attribute.L.map(fromAttribute)
  if ('M' in attribute) return fromAttributes(attribute.M)
  throw new TypeError(`an attribute of this type is not stored: ${Object.keys(attribute)}`)
}

export function fromAttributes(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, fromAttribute(value)]))
}

const isDefined = (value: unknown): boolean => value !== undefined

/** Dates, sets and bytes are objects, too, but their content is not in their fields. */
function isPlain(value: unknown): value is object {
  return Object.prototype.toString.call(value) === '[object Object]'
}

function toNumberText(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new RangeError(`${value} is not a number that is stored exactly`)
  return String(value)
}

function fromNumberText(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new RangeError(`${text} is not a number that is read exactly`)
  return value
}
