import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { awsTools } from '../../bin/aws-tools.ts'
import { isInstalled, pythonPrograms } from '../../bin/python-packages.ts'
import { routes } from '../../contract/routes.ts'
import { savedQueries } from '../../lib/constructs/archive-table.ts'
import { stacksIn, synthesizeStage } from '../stack/stage-folder.ts'
import { test } from '../support/fixtures.ts'
import { foundAcme, newParty } from '../support/party.ts'
import { blocks, logQuestions, proofs, runbook } from './blocks.ts'
import { type Line, parseQuery } from './logs-insights.ts'
import { accessLines, deliveryLines, functionLines, platformLines } from './sample-lines.ts'
import { grammarFault, type Ran, runBlocks, type State } from './shell.ts'

/*
 * Everything that the runbook tells people to type works as written. Each block is run by the shell and by the AWS CLI, which is answered
 * from the templates; each query is run on lines that the functions write; each call of the API goes to its handler.
 */

const folder = synthesizeStage({ stage: 'prod' })

interface Template {
  readonly Outputs?: Readonly<Record<string, unknown>>
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >
}
const templates = new Map<string, Template>(
  stacksIn(folder).map((stack) => [
    stack,
    JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8')),
  ]),
)

const apiUrl = 'https://abc123.execute-api.us-east-1.amazonaws.com'
const state: State = {
  stacks: Object.fromEntries(
    [...templates].map(([stack, { Resources, Outputs = {} }]) => [
      stack,
      {
        resources: Object.entries(Resources).map(([id, { Type }]) => ({
          id,
          name: `${stack}-${id}`,
          type: Type,
        })),
        outputs: { ...Object.fromEntries(Object.keys(Outputs).map((key) => [key, key])), ApiUrl: apiUrl },
      },
    ]),
  ),
  queries: Object.fromEntries(
    [...templates].flatMap(([stack, { Resources }]) =>
      Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
        Type === 'AWS::Athena::NamedQuery' ? [[`${stack}-${id}`, String(Properties?.QueryString)]] : [],
      ),
    ),
  ),
}

describe('the blocks', () => {
  test('are in the table of proofs, each by its own id, and the table has no other', () => {
    expect(blocks.map(({ id }) => id)).toEqual([...new Set(blocks.map(({ id }) => id))])
    expect(blocks.map(({ id }) => id).toSorted()).toEqual(Object.keys(proofs).toSorted())
    expect(blocks.every(({ language }) => language === 'sh')).toBe(true)
  })

  test('are run, but for at most five', () => {
    const neither = Object.values(proofs).filter((proof) => typeof proof === 'object')
    expect(neither.length).toBeLessThanOrEqual(5)
    for (const { neither: reason } of neither) expect(reason.length).toBeGreaterThan(20)
  })

  test('hold every command: none is left in a sentence, where nothing holds it', () => {
    const prose = runbook.replace(/^```[\s\S]*?^```$/gm, '')
    const command = /`((?:aws|curl|logs|run|api|resources|output|npm run (?:ops|campaign)) [^`]+)`/g
    expect([...prose.matchAll(command)].map(([, text]) => text)).toEqual([])
  })

  test.each(blocks)('$id is right by the grammar of the shell', ({ text }) =>
    expect(grammarFault(text)).toBe(''),
  )
})

describe('the queries of logs', () => {
  let samples: Readonly<Record<'access' | 'functions' | 'delivery', readonly Line[]>>
  test.beforeAll(async ({ engine }) => {
    samples = {
      access: accessLines(accessFormat()),
      functions: [...(await functionLines(engine)), ...platformLines],
      delivery: deliveryLines,
    }
  })

  const kindOf = (group: string) =>
    group === 'Http' ? 'access' : group === 'Delivery' ? 'delivery' : 'functions'

  test.each(logQuestions())('$block: $stack $group, $query', ({ stack, group, query }) => {
    const groups = state.stacks[`Tollgate-prod-${stack}`]?.resources.filter(
      ({ id, type }) => type === 'AWS::Logs::LogGroup' && id.startsWith(group),
    )
    expect(groups).not.toHaveLength(0)
    const lines = samples[kindOf(group)]
    const rows = parseQuery(query).run(lines)
    expect(rows.length, 'lines that it finds').toBeGreaterThan(0)
    for (const row of rows) for (const [name, value] of Object.entries(row)) expect(value, name).not.toBeNaN()
  })

  test.each(logQuestions())('$block: each field of $query is in a line that it finds', ({ group, query }) => {
    const lines = samples[kindOf(group)]
    const { fields } = parseQuery(query)
    const [first = ''] = query.split('|')
    const found = first.startsWith('filter') ? parseQuery(first.trim()).run(lines) : lines
    const names = new Set(found.flatMap((line) => Object.keys(line)))
    expect(fields.filter((field) => !names.has(field))).toEqual([])
  })

  test('there are many, and a field that no line has would be noticed', () => {
    expect(logQuestions().length).toBeGreaterThan(25)
    expect(parseQuery('filter outcom like /mail/').run(samples.functions)).toEqual([])
    expect(() => parseQuery('filter level in "ERROR"')).toThrow('[ was expected')
    expect(() => parseQuery('filter a = 1 | order by b')).toThrow('no command is called order')
    expect(() => parseQuery('stats count(*) as n by route sort n')).toThrow('the end was expected')
  })
})

const canRun = isInstalled(awsTools)
if (!canRun)
  console.info(
    'Not run: the commands of the runbook, only parsed. `npm run lint:templates` installs the AWS CLI.',
  )

describe.skipIf(!canRun)('run by the shell and the AWS CLI', () => {
  let ran: ReadonlyMap<string, Ran>
  const wanted = Object.keys(proofs).filter((id) => proofs[id] === 'run')
  test.beforeAll(() => {
    const meant = blocks.filter(({ id }) => wanted.includes(id))
    ran = runBlocks(pythonPrograms(awsTools), state, meant)
  }, 300_000)
  const all = () => [...ran.values()]
  const operations = (name: string) =>
    all().flatMap((block) => block.operations.filter(({ operation }) => operation === name))

  test.each(wanted)('%s ends well, and each value that it prints is there', (id) => {
    const { status, output, errors } = ran.get(id) ?? {}
    expect([status, errors]).toEqual([0, ''])
    expect(output).not.toMatch(/\b(None|null)\b/)
  })

  test('every question to a log goes to groups of the stage, with the query as it is written', () => {
    const names = Object.values(state.stacks).flatMap(({ resources }) => resources.map(({ name }) => name))
    const asked = operations('StartQuery').map(({ params }) => params)
    expect(asked.map(({ queryString }) => queryString)).toEqual(logQuestions().map(({ query }) => query))
    for (const { logGroupNames, startTime, endTime } of asked) {
      expect(names).toEqual(expect.arrayContaining(logGroupNames as string[]))
      // The clock is read twice.
      expect(Math.abs(Number(endTime) - Number(startTime) - 3_600)).toBeLessThan(60)
    }
  })

  test('every function that is called, bound or looked at is one, and all that schedules call can be called', () => {
    const functions = new Map(
      Object.entries(state.stacks).flatMap(([stack, { resources }]) =>
        resources
          .filter(({ type }) => type === 'AWS::Lambda::Function')
          .map(({ id, name }) => [name, `${stack} ${id}`]),
      ),
    )
    const named = all()
      .flatMap((block) => block.operations)
      .flatMap(({ params }) => ('FunctionName' in params ? [String(params.FunctionName)] : []))
    expect(named.filter((name) => !functions.has(name))).toEqual([])
    const targets = [...templates].flatMap(([stack, { Resources }]) =>
      Object.values(Resources).flatMap(({ Type, Properties }) =>
        Type === 'AWS::Scheduler::Schedule' ? [`${stack}-${targetOf(Properties)}`] : [],
      ),
    )
    const called = ran.get('run-schedules')?.operations.filter(({ operation }) => operation === 'Invoke')
    expect(called?.map(({ params }) => params.FunctionName).toSorted()).toEqual(
      [...new Set(targets)].toSorted(),
    )
  })

  test("the table is the stage's own", () => {
    for (const { params } of [...operations('DescribeTable'), ...operations('UpdateContributorInsights')])
      expect(params.TableName).toMatch(/^Tollgate-prod-Data-Table/)
    expect(
      operations('UpdateContributorInsights').map(({ params }) => params.ContributorInsightsAction),
    ).toEqual(['ENABLE', 'DISABLE'])
  })

  test('shortfall is asked of Athena by the query that is saved for it', () => {
    const [asked] = operations('StartQueryExecution')
    expect(asked?.params).toMatchObject({
      WorkGroup: 'tollgate-prod',
      QueryString: savedQueries('tollgate_prod.entries').ShortfallOfTeams?.sql,
    })
  })

  test('calls of the API are of the contract, and their handlers take them', async ({ table }) => {
    const party = await newParty(table, { now: () => Date.parse('2026-01-20T10:00:00Z') })
    await foundAcme(party)
    const calls = all().flatMap((block) => block.typed.filter(([name]) => name === 'curl'))
    expect(calls.length).toBeGreaterThan(2)
    for (const words of calls) {
      const { method, path, body } = readCall(words)
      const { operationId, params } = routeOf(method, path)
      const { status } = await party.call(operationId, { params, ...(body !== undefined && { body }) })
      expect(Math.floor(status / 100), operationId).toBe(2)
    }
  })
})

function accessFormat(): string {
  const { Resources } = templates.get('Tollgate-prod-Api') ?? { Resources: {} }
  const stage = Object.values(Resources).find(({ Type }) => Type === 'AWS::ApiGatewayV2::Stage')
  const { Format } = (stage?.Properties?.AccessLogSettings ?? {}) as { Format?: string }
  if (Format === undefined) throw new Error('the API has no access log')
  return Format
}

function targetOf(properties: Readonly<Record<string, unknown>> = {}): string {
  const { Arn } = properties.Target as { Arn: { 'Fn::GetAtt': [string, string] } }
  return Arn['Fn::GetAtt'][0]
}

/** Method, path and body of a call by curl. Throws where it does not go to the stage's API with a token. */
function readCall(words: readonly string[]) {
  const after = (option: string) => words[words.indexOf(option) + 1] ?? ''
  const url = words.find((word) => word.startsWith(apiUrl))
  if (url === undefined || !words.includes('authorization: Bearer token'))
    throw new Error(`no call of the API with a token: ${words.join(' ')}`)
  const body: unknown = words.includes('--data') ? JSON.parse(after('--data')) : undefined
  return { method: after('-X'), path: url.slice(apiUrl.length), body }
}

function routeOf(method: string, path: string) {
  for (const route of routes) {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const match = new RegExp(`^${route.path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path)
    if (match === null || route.method !== method) continue
    const params = Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? '']))
    return { operationId: route.operationId, params }
  }
  throw new Error(`no call is ${method} ${path}`)
}
