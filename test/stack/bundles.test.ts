import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { buildFunctions } from '../../bin/build.ts'
import { routes } from '../../contract/routes.ts'
import { functions, meterFunctions } from '../../lib/functions.ts'

const outDir = mkdtempSync(join(tmpdir(), 'tollgate-build-'))
afterAll(() => rmSync(outDir, { recursive: true }))
const { outputs } = buildFunctions(outDir)
const fileOf = (name: string) => join(outDir, 'lambdas', name, 'index.mjs')

test('every function is bundled into one file that exports a handler', () => {
  const exported = Object.values(outputs).map((output) => output.exports)
  expect(exported).toHaveLength(Object.keys(functions).length)
  for (const names of exported) expect(names).toContain('handler')
})

test('a bundle needs nothing but Node', () => {
  for (const [file, { imports }] of Object.entries(outputs))
    for (const { path, external } of imports.filter((each) => each.external))
      expect(path, `${file}, ${external}`).toMatch(/^(node:)?[a-z_]+(\/[a-z_]+)?$/)
})

test('a bundle loads, also where a package still calls require', async () => {
  const { handler } = await import(pathToFileURL(fileOf('get-openapi')).href)
  expect(handler).toBeTypeOf('function')
})

test('no bundle outgrows 640 kB but the one for agents, nor carries what only builds or tests', () => {
  for (const name of Object.keys(functions))
    expect(statSync(fileOf(name)).size, name).toBeLessThan(name === 'mcp' ? 1_100_000 : 640_000)
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs))
  expect(inputs.filter((path) => /aws-cdk-lib|fast-check/.test(path))).toEqual([])
})

test('only the function for agents loads their protocol, the verification of tokens and schemas of JSON', () => {
  for (const name of Object.keys(functions).filter((other) => other !== 'mcp'))
    expect(
      inputsOf(name).filter((path) => /modelcontextprotocol|zod|jose|to-json-schema/.test(path)),
      name,
    ).toEqual([])
})

/** Paths of all modules in a function's bundle. */
function inputsOf(name: string): readonly string[] {
  const output = Object.entries(outputs).find(([file]) => file.endsWith(`/${name}/index.mjs`))
  return Object.keys(output?.[1].inputs ?? {})
}

test('no function has providers of credentials that no function needs', () => {
  const inputs = Object.keys(functions).flatMap(inputsOf)
  expect(inputs.filter((path) => /credential-provider-(?!env)/.test(path))).toEqual([])
})

test('a function that services call stays under 152 kB, without the SDK, Powertools and the rules of other calls', () => {
  for (const name of meterFunctions) {
    expect(statSync(fileOf(name)).size, name).toBeLessThan(152_000)
    expect(inputsOf(name)).toContain('lambdas/runtime/dynamodb/signed-table.ts')
    const needless =
      /@(aws-sdk|smithy|aws-crypto|aws-lambda-powertools)|core\/decide\.ts|(store\/(loaders|further-writes)|texts\/texts-..)\.ts/
    expect(inputsOf(name).filter((path) => needless.test(path))).toEqual([])
  }
  for (const name of ['@aws-sdk', '@aws-lambda-powertools'])
    expect(inputsOf('hub').filter((path) => path.includes(name))).not.toEqual([])
})

test('every function of a call of services that needs the table is held to that', () => {
  const serving = new Set(routes.flatMap((route) => (route.scope === 'aps:meter' ? [route.function] : [])))
  const onTable = [...serving].filter((name) => functions[name].tableActions.length > 0)
  expect(onTable.toSorted()).toEqual(meterFunctions.toSorted())
  expect([...serving].filter((name) => !onTable.includes(name))).toEqual(['classify-request'])
})

test('the function that classifies requests is smaller still, and has no table', () => {
  expect(statSync(fileOf('classify-request')).size).toBeLessThan(110_000)
  expect(
    inputsOf('classify-request').filter((path) => /@aws-sdk|lambdas\/(store|runtime\/dynamodb)/.test(path)),
  ).toEqual([])
})
