import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { compile, type JSONSchema } from 'json-schema-to-typescript'
import { openApiDocument } from '../contract/openapi.ts'
import { routes } from '../contract/routes.ts'

type Json = Readonly<Record<string, unknown>>

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: Json
}

interface Described {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: Json }>> }>
  >
}

const document = openApiDocument() as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Json>> }
}

/** What the page may call: the hub's own calls, and those without a token. */
const calls = routes.filter(
  ({ scope, operationId }) => operationId !== 'getOpenApi' && (scope === null || scope.startsWith('hub:')),
)

/** `hub/api/types.ts`, made from the OpenAPI document: what each call of the page takes and answers, and where it is. */
export async function hubTypes(): Promise<string> {
  const operations = calls.map(({ operationId, path, method }) => {
    const described = document.paths[path]?.[method.toLowerCase()]
    if (described === undefined) throw new Error(`${operationId} is not described`)
    return [operationId, operationOf(described)] as const
  })
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => [
    name,
    { ...Object(withoutWords(schema)), title: name },
  ])
  const root = {
    ...objectOf(
      Object.fromEntries(operations),
      operations.map(([id]) => id),
    ),
    title: 'Operations',
    components: { schemas: Object.fromEntries(schemas) },
  } as JSONSchema
  const types = await compile(root, 'Operations', {
    bannerComment: '// Written by `npm run openapi` from the calls that the API describes.',
    additionalProperties: false,
    format: false,
    unreachableDefinitions: false,
    ignoreMinAndMaxItems: true,
  })
  const places = calls.map(({ operationId, method, path }) => [operationId, `${method} ${path}`])
  return formatted(`${types}
/** Method and path of each call. */
export const places = ${JSON.stringify(Object.fromEntries(places))} as const
`)
}

function operationOf({ parameters = [], requestBody, responses }: Described): Json {
  const body = requestBody?.content['application/json']?.schema
  const answer = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1].content
  const fields: Record<string, unknown> = {
    params: fieldsOf(parameters, 'path'),
    query: fieldsOf(parameters, 'query'),
    body: body ?? { tsType: 'undefined' },
    answer: answer?.['application/json']?.schema ?? { tsType: 'undefined' },
  }
  return Object(withoutWords(objectOf(fields, Object.keys(fields))))
}

function fieldsOf(parameters: readonly Parameter[], place: Parameter['in']): Json {
  const fields = parameters.filter((parameter) => parameter.in === place)
  if (fields.length === 0) return { tsType: 'Record<never, never>' }
  const required = fields.filter((field) => field.required).map(({ name }) => name)
  return objectOf(Object.fromEntries(fields.map(({ name, schema }) => [name, schema])), required)
}

function objectOf(properties: Json, required: readonly string[]): Json {
  return { type: 'object', properties, required, additionalProperties: false }
}

/** Without what JSON Schema says of a value beyond its type: the schemas of the API say it. */
function withoutWords(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutWords)
  if (typeof schema !== 'object' || schema === null) return schema
  const fields = Object.entries(schema).filter(
    ([name, value]) => name !== 'description' || typeof value !== 'string',
  )
  return Object.fromEntries(fields.map(([name, value]) => [name, withoutWords(value)]))
}

function formatted(text: string): string {
  const options = ['format', '--stdin-file-path=hub/api/types.ts']
  return execFileSync('biome', options, { input: text, encoding: 'utf8' })
}

if (import.meta.main) writeFileSync(new URL('../hub/api/types.ts', import.meta.url), await hubTypes())
