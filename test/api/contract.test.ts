import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Calls, operations } from '../../contract/calls.ts'
import type { Route } from '../../contract/route.ts'
import { routes } from '../../contract/routes.ts'
import { expectDocumented } from '../support/documented.ts'

const folder = new URL('../../contract/', import.meta.url)
const dispatched: readonly string[] = ['hub', 'ops', 'health', 'capture-authorization']

interface CallFile {
  readonly file: string
  readonly route: Route
  readonly exported: Readonly<Record<string, unknown>>
}

/** Every file that defines a call, whether the tables name it or not. */
async function callFiles(): Promise<readonly CallFile[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  const loaded = await Promise.all(
    files.map(async (file) => ({ file, exported: await import(new URL(file, folder).pathname) })),
  )
  return loaded.flatMap(({ file, exported }) =>
    'route' in exported ? [{ file, route: exported.route as Route, exported }] : [],
  )
}

const kebab = (operationId: string) => operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

describe('a call', async () => {
  const files = await callFiles()

  test('has a file of its name, and its route is in the table', () => {
    const known = routes.map(({ operationId }) => operationId)
    expect(files.map(({ route }) => route.operationId).toSorted()).toEqual(known.toSorted())
  })

  test.each(files)('is the operation that $file is named after', ({ file, route, exported }) => {
    const { operationId } = route
    expect(file).toBe(operationId === 'getOpenApi' ? 'get-openapi.ts' : `${kebab(operationId)}.ts`)
    const operation = operations[operationId as keyof Calls]
    expect(operation).toBe(exported.operation)
    expect(operation.call).toBe(exported[operationId])
    expect(operation.call.route).toBe(route)
  })

  test.each(routes.filter(({ function: name }) => !dispatched.includes(name)))(
    '$operationId has function $function to itself',
    ({ function: name }) => {
      expect(routes.filter((route) => route.function === name)).toHaveLength(1)
    },
  )

  test('shares its method and path with no other call', () => {
    const keys = routes.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('an answer that the document does not describe is noticed:', () => {
  const headers = { 'content-type': 'application/json', 'x-request-id': 'r' }
  const body = JSON.stringify({ teamId: 'acme', name: 'Hub' })
  const good = { statusCode: 200, headers, body }

  test('not one that it describes', () => expect(() => expectDocumented('createHub', good)).not.toThrow())

  test.each([
    ['its status', { ...good, statusCode: 201 }],
    ['a header', { ...good, headers: { ...headers, 'x-other': '1' } }],
    ['its media type', { ...good, headers: { 'content-type': 'text/csv' } }],
    ['its body', { ...good, body: '{"teamId":"acme"}' }],
    ['a problem', { statusCode: 409, headers: { 'content-type': 'application/problem+json' }, body: '{}' }],
    [
      'the body of a problem',
      { statusCode: 404, headers: { 'content-type': 'application/problem+json' }, body: '{}' },
    ],
  ])('%s', (_, answer) => {
    expect(() => expectDocumented('createHub', answer)).toThrow('is not in openapi.yaml')
  })
})
