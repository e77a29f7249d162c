import { describe, expect, test } from 'vitest'
import { strykerPlugins } from './assertion-messages.ts'
import equivalents from './equivalent.json' with { type: 'json' }
import { judge, type MutationReport } from './verdict.ts'

const at = (line: number, from: number, to: number, endLine = line) => {
  return { start: { line, column: from }, end: { line: endLine, column: to } }
}

/** Four mutants, of which two survive with the same change. */
const report: MutationReport = {
  files: {
    'core/sum.ts': {
      source: 'if (a >\n  b) {\n  return 1\n}\nif (a >\n  b) {\n',
      mutants: [
        { status: 'Killed', location: at(3, 3, 11), replacement: '' },
        { status: 'Timeout', location: at(3, 3, 11), replacement: 'return' },
        { status: 'Survived', location: at(1, 5, 4, 2), replacement: 'a >= b' },
        { status: 'NoCoverage', location: at(5, 5, 4, 6), replacement: 'a >= b' },
        { status: 'Ignored', location: at(3, 3, 11), replacement: 'x' },
      ],
    },
  },
}
const change = { file: 'core/sum.ts', line: 'if (a >', from: 'a > b', to: 'a >= b' }
const row = { ...change, reason: 'For the test.' }

describe('the verdict of a mutation run', () => {
  test('counts timeouts as killed, mutants without a test as survivors, and ignored ones not at all', () => {
    expect(judge(report, [])).toEqual({
      killed: 2,
      timedOut: 1,
      survivors: [
        { ...change, lineNumber: 1 },
        { ...change, lineNumber: 5 },
      ],
      equivalent: 0,
      stale: [],
      score: 50,
    })
  })

  test('leaves out one mutant for each row of the list of equivalent ones', () => {
    expect(judge(report, [row])).toMatchObject({ killed: 2, equivalent: 1, survivors: [{ lineNumber: 5 }] })
    expect(judge(report, [row, row])).toMatchObject({ equivalent: 2, survivors: [], score: 100 })
  })

  test('reports rows whose mutant was killed, but not rows whose mutant timed out or was not made', () => {
    const killed = { ...row, line: 'return 1', from: 'return 1', to: '' }
    const elsewhere = { ...row, file: 'core/other.ts' }
    const slow = { ...killed, to: 'return' }
    expect(judge(report, [killed, slow, elsewhere]).stale).toEqual([killed])
  })
})

test('every equivalent mutant has a reason', () => {
  expect(equivalents.filter(({ reason }) => reason.length < 20)).toEqual([])
})

test('only the messages of failed invariants are ignored', () => {
  const [plugin] = strykerPlugins
  const ignores = (name: string, key: number, listKey = 'arguments') => {
    const parentPath = {
      node: { type: 'CallExpression', callee: { type: 'Identifier', name } },
      key: 0,
      parentPath: null,
    }
    return plugin?.value.shouldIgnore({ node: { type: 'StringLiteral' }, key, listKey, parentPath })
  }
  expect(ignores('assert', 1)).toBeDefined()
  expect(ignores('assertAmount', 1)).toBeDefined()
  expect(ignores('Error', 0)).toBeDefined()
  expect(ignores('assert', 0)).toBeUndefined()
  expect(ignores('record', 1)).toBeUndefined()
})
