import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { openApiYaml } from '../../bin/openapi.ts'
import { operations } from '../../contract/calls.ts'
import { openApiDocument } from '../../contract/openapi/document.ts'
import { routes } from '../../contract/routes.ts'
import { accessRows } from './access-rows.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const document = openApiDocument() as {
  paths: Record<string, Record<string, { operationId: string; security: unknown[]; parameters?: object[] }>>
  components: { schemas: Record<string, object> }
}

function validator() {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  return ajv.addSchema({ $id: 'api', ...document })
}

test('the committed document is what the schemas and routes make of it', () => {
  expect(read('openapi.yaml'), 'run npm run openapi').toBe(openApiYaml())
  expect(JSON.parse(read('contract/openapi.json')), 'run npm run openapi').toEqual(document)
  expect(parse(read('openapi.yaml'))).toEqual(document)
})

test('every route is one operation, public only where the route is', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security }]) => ({
      route: `${method.toUpperCase()} ${path}`,
      operationId,
      security,
    })),
  )
  expect(described).toEqual(
    expect.arrayContaining(
      routes.map(({ method, path, operationId, scope }) => ({
        route: `${method} ${path}`,
        operationId,
        security: [
          scope ?? [],
          accessRows[operationId].servicesToo ? 'aps:meter' : [],
          accessRows[operationId].operatorsToo ? 'ops:admin' : [],
        ]
          .flat()
          .map((name) => ({ bearer: [name] })),
      })),
    ),
  )
  expect(described).toHaveLength(routes.length)
})

test('every parameter of a path is described, and none besides', () => {
  for (const { path, method } of routes) {
    const parameters = document.paths[path]?.[method.toLowerCase()]?.parameters ?? []
    const inPath = parameters.flatMap((field) =>
      'in' in field && field.in === 'path' && 'name' in field ? [field.name] : [],
    )
    expect(inPath, path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
  }
})

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  )
  for (const reference of references) {
    const target = reference
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document)
    expect(target, reference).toBeDefined()
  }
})

describe('the document can be read by generators:', () => {
  const nodes = [...nodesOf(document)]

  test('every nested object is a component with a name', () => {
    const nested = nodes.filter(
      ({ node, path }) => 'properties' in node && typeof node.type === 'string' && path.length > 3,
    )
    expect(nested.map(({ path }) => path.join('/'))).toEqual([])
  })

  test('every union tells its members apart by a field', () => {
    const unions = nodes.filter(({ node }) => 'oneOf' in node)
    expect(unions.map(({ path }) => path.at(-1))).toEqual([
      'AlertSettings',
      'Authorization',
      'Entry',
      'Quote',
      'SettlementRow',
      'UsageResult',
    ])
    for (const { node } of unions) {
      const { oneOf, discriminator } = node as unknown as Union
      expect(Object.values(discriminator.mapping)).toEqual(oneOf.map(({ $ref }) => $ref))
    }
  })

  test('every pattern is in words that all languages share', () => {
    const patterns = nodes.flatMap(({ node }) => (typeof node.pattern === 'string' ? [node.pattern] : []))
    expect(patterns.length).toBeGreaterThan(10)
    for (const pattern of patterns) expect(pattern).not.toMatch(/\\[pPdwub]|\(\?/)
  })

  test('every whole number has bounds', () => {
    const numbers = nodes.filter(({ node, path }) => node.type === 'integer' && path[1] !== 'headers')
    expect(numbers.length).toBeGreaterThan(50)
    for (const { node, path } of numbers)
      expect([path.join('/'), typeof node.minimum, typeof node.maximum]).toEqual([
        path.join('/'),
        'number',
        'number',
      ])
  })

  test('every body has one media type', () => {
    const bodies = nodes.flatMap(({ node, path }) => (path.at(-1) === 'requestBody' ? [node.content] : []))
    for (const content of bodies) expect(Object.keys(content as object)).toHaveLength(1)
  })
})

interface Union {
  readonly oneOf: readonly { readonly $ref: string }[]
  readonly discriminator: { readonly mapping: Readonly<Record<string, string>> }
}

interface Node {
  readonly path: readonly string[]
  readonly node: Readonly<Record<string, unknown>>
}

/** Every object of the document with the keys that lead to it. */
function* nodesOf(value: unknown, path: readonly string[] = []): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  yield { path, node: value as Node['node'] }
  for (const [key, child] of Object.entries(value)) yield* nodesOf(child, [...path, key])
}

describe('JSON Schema', () => {
  test.each(Object.keys(document.components.schemas))('%s compiles', (name) => {
    expect(validator().getSchema(`api#/components/schemas/${name}`)).toBeTypeOf('function')
  })

  test.each(Object.entries(operations))('the examples of %s are valid', (operationId, operation) => {
    const { example, statuses, call } = operation
    const type = (call.contentTypes?.[0] ?? 'application/json').replace('/', '~1').replace('+', '%2B')
    const route = routes.find((candidate) => candidate.operationId === operationId)
    const path = `${route?.path}`
      .replaceAll('~', '~0')
      .replaceAll('/', '~1')
      .replaceAll('{', '%7B')
      .replaceAll('}', '%7D')
    const place = `api#/paths/${path}/${route?.method.toLowerCase()}`
    if (example?.request !== undefined) {
      expectValid(`${place}/requestBody/content/${type}/schema`, example.request)
    }
    if (example?.answer !== undefined) {
      const [status] = Object.keys(statuses)
      expectValid(`${place}/responses/${status}/content/application~1json/schema`, example.answer)
    }
  })
})

function expectValid(pointer: string, value: unknown): void {
  const validate = validator().getSchema(pointer)
  if (validate === undefined) throw new Error(`no schema at ${pointer}`)
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true)
}
