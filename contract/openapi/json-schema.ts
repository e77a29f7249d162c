import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'

export type Json = Readonly<Record<string, unknown>>

const int32Max = 2 ** 31 - 1

/** The JSON Schema of sent values (not of parsed values), in draft 2020-12, which OpenAPI 3.1 uses. */
export function jsonSchemaOf(schema: v.GenericSchema): Json {
  const { $schema, ...rest } = toJsonSchema(schema, {
    typeMode: 'input',
    // Only the handlers apply checks that JSON Schema cannot express.
    errorMode: 'ignore',
    target: 'draft-2020-12',
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      valibotSchema.type === 'variant' && 'key' in valibotSchema
        ? { ...jsonSchema, discriminator: { propertyName: valibotSchema.key } }
        : undefined,
  })
  return rest
}

/** The named schemas of a document. Each schema with a title becomes a component of that name. */
export class Components {
  private readonly schemas = new Map<string, Json>()

  /** The schema in the document: a reference if the schema has a name. */
  refer(schema: v.GenericSchema): Json {
    return this.lift(jsonSchemaOf(schema)) as Json
  }

  /** Throws when another schema already has the name. */
  add(name: string, schema: Json): Json {
    const known = this.schemas.get(name)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`two schemas are named ${name}`)
    this.schemas.set(name, schema)
    return { $ref: referenceTo(name) }
  }

  toJson(): Json {
    return Object.fromEntries([...this.schemas].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }

  private lift(node: unknown): unknown {
    if (Array.isArray(node)) return node.map((item) => this.lift(item))
    if (!isObject(node)) return node
    const children = Object.entries(withMapping(node)).filter(([, child]) => child !== undefined)
    const lifted = portable(Object.fromEntries(children.map(([key, child]) => [key, this.lift(child)])))
    // Among properties, `title` is the schema of a field.
    if (typeof lifted.title !== 'string') return lifted
    const { title, ...named } = lifted
    return this.add(title, named)
  }
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`
}

function isObject(node: unknown): node is Json {
  return typeof node === 'object' && node !== null
}

/** A discriminated union, with a component for each value of its discriminator. */
function withMapping(node: Json): Json {
  const { discriminator, oneOf } = node
  if (!isObject(discriminator) || !Array.isArray(oneOf)) return node
  const { propertyName } = discriminator
  const mapping = oneOf.map(({ title, properties }) => [
    properties[`${propertyName}`].const,
    referenceTo(title),
  ])
  return { ...node, discriminator: { propertyName, mapping: Object.fromEntries(mapping) } }
}

/** An equivalent schema that generators of every language interpret alike. */
function portable(node: Json): Json {
  const { type, const: only, maximum, pattern, default: fallback } = node
  return {
    ...node,
    ...(only !== undefined && { type: typeof only }),
    // A query's number or flag is text in its handler.
    ...((type === 'integer' || type === 'boolean') &&
      typeof fallback === 'string' && { default: JSON.parse(fallback) }),
    ...(type === 'integer' && Number(maximum) > int32Max && { format: 'int64' }),
    ...(typeof pattern === 'string' && { pattern: pattern.replaceAll('\\/', '/') }),
  }
}
