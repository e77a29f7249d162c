import { describe, expect, test } from 'vitest'
import { compileFilter } from '../../local/engine/record-filter.ts'
import { makeRouteTable } from '../../local/gateway/route-table.ts'
import { deliver, type StreamRecord } from '../../local/services/delivery.ts'
import type { Mapping } from '../../local/wiring.ts'
import { parseSchedule } from '../../local/workflows/cron.ts'

describe('schedules', () => {
  const next = (expression: string, after: string) => {
    const at = parseSchedule(expression)(Date.parse(after))
    return at === undefined ? undefined : new Date(at).toISOString()
  }
  test.each([
    ['cron(5 0 * * ? *)', '2026-01-01T00:04:59.999Z', '2026-01-01T00:05:00.000Z'],
    ['cron(5 0 * * ? *)', '2026-01-01T00:05:00Z', '2026-01-02T00:05:00.000Z'],
    ['cron(5 0 1 * ? *)', '2026-12-15T00:00:00Z', '2027-01-01T00:05:00.000Z'],
    ['cron(0/15 8-9 ? * 2-6 *)', '2026-01-02T09:45:00Z', '2026-01-05T08:00:00.000Z'],
    ['cron(0 0 29 2 ? *)', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['cron(0 12,18 * * ? 2026)', '2026-12-31T12:00:00Z', '2026-12-31T18:00:00.000Z'],
    ['cron(0 12 * * ? 2026)', '2026-12-31T12:00:00Z', undefined],
    ['rate(5 minutes)', '2026-01-01T00:07:00Z', '2026-01-01T00:10:00.000Z'],
    ['at(2026-05-01T00:00:00)', '2026-01-01T00:00:00Z', '2026-05-01T00:00:00.000Z'],
    ['at(2026-05-01T00:00:00)', '2026-05-01T00:00:00Z', undefined],
  ])('%s after %s is %s', (expression, after, expected) => expect(next(expression, after)).toBe(expected))

  test.each([
    'cron(0 0 * * ?)',
    'cron(60 0 * * ? *)',
    'cron(0 0 ? * MON *)',
    'rate(0 days)',
    'rate(1 week)',
    'at(soon)',
    'x',
  ])('%s is not known', (expression) => expect(() => parseSchedule(expression)).toThrow('is not known'))
})

describe('routes', () => {
  const find = makeRouteTable([
    { key: 'GET /a/{id}' },
    { key: 'GET /a/b' },
    { key: 'PUT /a/{id}' },
    { key: 'GET /{x}/b' },
  ])
  test.each([
    ['GET', '/a/b', 'GET /a/b'],
    ['GET', '/a/c', 'GET /a/{id}'],
    ['GET', '/c/b', 'GET /{x}/b'],
    ['PUT', '/a/b', 'PUT /a/{id}'],
    ['DELETE', '/a/b', undefined],
    ['GET', '/a/b/', undefined],
    ['GET', '/a/', undefined],
  ])('%s %s is %s', (method, path, key) => expect(find(method, path)?.route.key).toBe(key))

  test('an encoded slash stays inside its parameter', () => {
    expect(find('GET', '/a/x%2Fy')?.parameters).toEqual({ id: 'x/y' })
  })
})

describe('filters', () => {
  const accepts = compileFilter(['{"dynamodb":{"Keys":{"sk":{"S":["ACCOUNT"]}}}}'])
  const record = (sk: string) => ({ dynamodb: { Keys: { sk: { S: sk } } } })
  test('exact values pass', () => expect(accepts(record('ACCOUNT'))).toBe(true))
  test('other values do not pass', () => expect(accepts(record('ACCOUNT2'))).toBe(false))
  test('a missing value does not pass', () => expect(accepts({ dynamodb: {} })).toBe(false))
  test('every record passes without a filter', () => expect(compileFilter()({})).toBe(true))
})

describe('delivery', () => {
  const mapping: Mapping = {
    id: 'Mapping',
    tableId: 'Table',
    functionId: 'Consumer',
    batchSize: 100,
    retriesMax: 4,
    isBisecting: true,
    isReportingItems: true,
    accepts: () => true,
  }
  const records: StreamRecord[] = ['1', '2', '3', '4'].map((SequenceNumber) => ({
    dynamodb: { SequenceNumber },
  }))
  const run = async (consume: (numbers: string[]) => unknown) => {
    const seen: string[] = []
    const dead: unknown[] = []
    const invoke = async (event: unknown) => {
      const { Records } = event as { Records: StreamRecord[] }
      const numbers = Records.map((record) => record.dynamodb.SequenceNumber)
      seen.push(numbers.join(''))
      return consume(numbers)
    }
    const deadLetters = (_: string, __: unknown, content: unknown) => void dead.push(content)
    await deliver(records, { mapping, invoke, deadLetters })
    return { seen, dead }
  }

  test('a handled batch is sent once', async () => {
    expect(await run(() => ({ batchItemFailures: [] }))).toEqual({ seen: ['1234'], dead: [] })
  })

  test('a batch is sent again from the first reported record on', async () => {
    let isFirst = true
    const consume = () => {
      const batchItemFailures = isFirst ? [{ itemIdentifier: '3' }] : []
      isFirst = false
      return { batchItemFailures }
    }
    expect(await run(consume)).toEqual({ seen: ['1234', '34'], dead: [] })
  })

  test('a record that makes the function throw is found by halving, and only it is given up', async () => {
    const consume = (numbers: string[]) => {
      if (numbers.includes('3')) throw new Error('poison')
      return undefined
    }
    const { seen, dead } = await run(consume)
    expect(seen.slice(0, 5)).toEqual(['1234', '12', '34', '3', '3'])
    expect(seen.at(-1)).toBe('4')
    expect(dead).toEqual([[records[2]]])
  })
})
