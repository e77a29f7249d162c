import { describe, expect, test } from 'vitest'
import { differences } from './matching.ts'
import { type Answer, readScenarios, runScenario, type Scenario } from './scenario-runner.ts'

const charge = { source: 'flex', meter: 'automation-autocad', units: 1, tokens: 1 }

describe('an answer is accepted when', () => {
  const accepted: [string, unknown, unknown][] = [
    ['it has other fields too', { a: 1 }, { a: 1, b: 2 }],
    ['an empty list or false is absent', { charges: [], late: false }, {}],
    [
      'lots, lines and remainders come in another order',
      { lines: [{ a: 1 }, { a: 2 }] },
      { lines: [{ a: 2 }, { a: 1 }] },
    ],
    ['free rows stand among others', { free: [{ meter: 'x' }] }, { free: [{ meter: 'y' }, { meter: 'x' }] }],
    ['an empty lot is shown', { lots: [{ remaining: 2 }] }, { lots: [{ remaining: 0 }, { remaining: 2 }] }],
    ['an empty lot is left out', { lots: [{ remaining: 0 }] }, { lots: [] }],
    [
      'charges come one line per lot',
      { charges: [{ ...charge, units: 2, tokens: 2 }] },
      { charges: [charge, charge] },
    ],
    ['units are not asked for', { charges: [{ source: 'flex', tokens: 1 }] }, { charges: [charge] }],
    [
      'fractions of tokens add up',
      { charges: [{ tokens: 0.3 }] },
      { charges: [{ tokens: 0.1 }, { tokens: 0.2 }] },
    ],
    [
      'a lot ends with the last second of the day before',
      { lot: { expiresAt: '2029-03-01T00:00:00Z' } },
      { lot: { expiresAt: '2029-02-28T23:59:59Z' } },
    ],
  ]
  test.each(accepted)('%s', (_, expected, actual) => expect(differences(expected, actual)).toEqual([]))
})

describe('an answer is rejected, and its field named, when', () => {
  const rejected: [string, unknown, unknown, string][] = [
    ['a value differs', { a: { b: 1 } }, { a: { b: 2 } }, '/a/b is 2, expected 1'],
    ['a field is missing', { a: 0 }, {}, '/a is absent, expected 0'],
    ['a number comes as text', { a: 1 }, { a: '1' }, '/a is "1", expected 1'],
    ['a list has a row too many', { results: [] }, { results: [1] }, '/results has 1 rows, expected 0'],
    [
      'results are swapped',
      { results: [{ id: 'a' }, { id: 'b' }] },
      { results: [{ id: 'b' }, { id: 'a' }] },
      '/results/0/id',
    ],
    ['one row stands for two', { free: [{ a: 1 }, { a: 1 }] }, { free: [{ a: 1 }, { a: 2 }] }, '/free'],
    ['a lot has too much left', { lots: [{ remaining: 1 }] }, { lots: [{ remaining: 2 }] }, '/lots'],
    ['a free use is charged', { charges: [] }, { charges: [charge] }, '/charges has 1 rows, expected 0'],
    [
      'one charge is doubled',
      { charges: [charge] },
      { charges: [charge, charge] },
      '/charges/0/units is 2, expected 1',
    ],
    [
      'a source differs',
      { charges: [charge] },
      { charges: [{ ...charge, source: 'pay-as-you-go' }] },
      '/charges/0/source',
    ],
    ['true is absent', { late: true }, {}, '/late is absent, expected true'],
    ['false is true', { late: false }, { late: true }, '/late is true, expected false'],
    [
      'a hold ends a second early',
      { expiresAt: '2029-03-01T00:00:00Z' },
      { expiresAt: '2029-02-28T23:59:59Z' },
      '/expiresAt',
    ],
    ['there is no body', { a: 1 }, undefined, '/ is absent'],
    ['a prototype answers for it', { toString: 1 }, {}, '/toString is absent'],
  ]
  test.each(rejected)('%s', (_, expected, actual, line) => {
    expect(differences(expected, actual).join('\n')).toContain(line)
  })
})

describe('runScenario', () => {
  const scenario: Scenario = {
    name: '99-story',
    why: 'a story',
    steps: [
      { as: 'ops', call: 'PUT /v1/teams/acme', body: { name: 'acme' } },
      { note: 'the second', as: 'meter', call: 'GET /v1/x', expect: { status: 200, body: { a: 1 } } },
    ],
  }
  const answering = (...answers: Answer[]) => {
    const left = [...answers]
    return async () => left.shift() ?? { status: 599 }
  }

  test('passes on right answers, any 2xx where no status is shown', async () => {
    await runScenario(scenario, answering({ status: 201 }, { status: 200, body: { a: 1 } }))
  })
  test('sends caller, method, path and body as written', async () => {
    const sent: unknown[][] = []
    const call = async (...parts: unknown[]) => {
      sent.push(parts)
      return { status: 200, body: { a: 1 } }
    }
    await runScenario(scenario, call)
    expect(sent).toEqual([
      ['ops', 'PUT', '/v1/teams/acme', { name: 'acme' }],
      ['meter', 'GET', '/v1/x', undefined],
    ])
  })
  test('names step, note and field of a wrong answer', async () => {
    const run = runScenario(scenario, answering({ status: 200 }, { status: 200, body: { a: 2 } }))
    await expect(run).rejects.toThrow(
      /99-story, step 2 \(the second\): meter GET \/v1\/x\n {2}\/a is 2, expected 1/,
    )
  })
  test('rejects a wrong status', async () => {
    await expect(runScenario(scenario, answering({ status: 404 }))).rejects.toThrow(
      'status is 404, expected 2xx',
    )
    const wrong = answering({ status: 200 }, { status: 201, body: { a: 1 } })
    await expect(runScenario(scenario, wrong)).rejects.toThrow('status is 201, expected 200')
  })
  test('leaves out the steps that it should skip', async () => {
    await runScenario(scenario, answering({ status: 200, body: { a: 1 } }), (step) => step.as === 'ops')
  })
})

test('there are fourteen stories, and each asks for answers', () => {
  const scenarios = readScenarios()
  expect(scenarios).toHaveLength(14)
  for (const scenario of scenarios) expect(scenario.steps.some((step) => step.expect?.body)).toBe(true)
})
