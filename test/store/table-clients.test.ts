import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Busy } from '../../lambdas/runtime/busy.ts'
import { batchGet, getItem, type Item, isWritten, pagesOf, type Table } from '../../lambdas/store/table.ts'
import { isCancelled, isConditionFailed, isTableMissing } from '../../lambdas/store/table-errors.ts'
import { type Act, goThrough, type Plan, type SeenRequest, type WireAnswer } from '../faults/fault-proxy.ts'
import { wireFaults } from '../faults/faults.ts'
import { Workbench } from '../faults/workbench.ts'
import { clientNames, tableClients } from '../support/table-clients.ts'

/* Everything that the stores rely on, with each client, on the real engine behind a proxy that breaks its protocol. */

let bench: Workbench
beforeAll(async () => {
  bench = await Workbench.start()
})
afterAll(() => bench.stop())

const key = { pk: 'TEAM#acme', sk: 'THING' }
const triesMax = 3

const errorOf = (status: number, type: string): WireAnswer => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: `it is ${type}` }),
})
const answering =
  (answer: WireAnswer): Act =>
  async (exchange) =>
    exchange.answer(answer)
const html = '<html><body>Service Unavailable</body></html>'
const untouched: Plan = () => undefined
const first =
  (act: Act, times = 1): Plan =>
  (_, count) =>
    count <= times ? act : undefined

describe.each(clientNames)('with the client %s,', (client) => {
  let table: Table
  let seen: readonly SeenRequest[]

  async function open(plan = untouched, items: readonly Item[] = []): Promise<void> {
    const tableName = await bench.newTable(items)
    seen = bench.proxy.watch(tableName, plan)
    table = tableClients[client](tableName)
  }

  const put = (item: object, condition = {}) =>
    table.send('PutItem', { TableName: table.tableName, Item: { ...key, ...item }, ...condition })
  const add = () => ({
    TableName: table.tableName,
    Key: key,
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': 1 },
  })
  const addInTransaction = () => table.send('TransactWriteItems', { TransactItems: [{ Update: add() }] })

  describe('items', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: 'grapheme' }),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom('constructor', 'toString', 'Item', 'S', 'N')),
          tie('any'),
          {
            maxKeys: 4,
            noNullPrototype: true,
          },
        ),
      ),
    })).any

    test('are read as they were written, with values of every kind', async () => {
      await open()
      await fc.assert(
        fc.asyncProperty(value, async (value) => {
          await put({ value })
          expect(await getItem(table, key)).toEqual({ ...key, value })
        }),
        { numRuns: 60, examples: [[{ constructor: 1 }], [[]], [{}], [''], [-0.5]] },
      )
    })

    test('lose their fields and elements that are undefined', async () => {
      await open()
      await put({ a: undefined, b: { c: undefined, d: 1 }, e: [1, undefined, 2] })
      expect(await getItem(table, key)).toEqual({ ...key, b: { d: 1 }, e: [1, 2] })
    })

    test.each([2 ** 53, -(2 ** 53), Number.NaN, Number.POSITIVE_INFINITY])(
      'with the number %s are refused before a request',
      async (number) => {
        await open()
        await expect(put({ number })).rejects.toThrow()
        expect(seen).toEqual([])
      },
    )

    test('are updated and deleted, and the answer has them as plain values', async () => {
      await open()
      await put({ n: 1 })
      const updated = await table.send('UpdateItem', { ...add(), ReturnValues: 'ALL_NEW' })
      expect(updated.Attributes).toEqual({ ...key, n: 2 })
      const { tableName: TableName } = table
      const deleted = await table.send('DeleteItem', { TableName, Key: key, ReturnValues: 'ALL_OLD' })
      expect(deleted.Attributes).toEqual({ ...key, n: 2 })
      expect(await getItem(table, key)).toBeUndefined()
    })

    test('are written in a batch, and found page by page', async () => {
      await open()
      const items = Array.from({ length: 20 }, (_, n) => ({ pk: 'TEAM#acme', sk: `N#${n + 10}`, n }))
      const puts = items.map((Item) => ({ PutRequest: { Item } }))
      await table.send('BatchWriteItem', { RequestItems: { [table.tableName]: puts } })
      const found: unknown[][] = [[], []]
      const all = { TableName: table.tableName, Limit: 7 }
      const ofTeam = {
        ...all,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'TEAM#acme' },
      }
      for await (const page of pagesOf(table, 'Query', ofTeam)) found[0]?.push(...page)
      for await (const page of pagesOf(table, 'Scan', all)) found[1]?.push(...page)
      expect(found).toEqual([items, items])
      expect(seen.filter(({ action }) => action === 'Query').length).toBeGreaterThan(2)
    })

    test('are asked for again where the table answers a batch in part', async () => {
      const items = Array.from({ length: 12 }, (_, n) => ({ pk: 'TEAM#acme', sk: `N#${n}`, n }))
      const partial = wireFaults.find(({ name }) => name === 'partial batch')
      if (partial === undefined) throw new Error('the fault has another name')
      await open(partial.at(1), items)
      const found = await batchGet(
        table,
        items.map(({ pk, sk }) => ({ pk, sk })),
      )
      expect(found.toSorted((a, b) => Number(a.n) - Number(b.n))).toEqual(items)
      expect(seen.length).toBeGreaterThan(1)
    })
  })

  test('the consumed capacity is in the answer', async () => {
    await open()
    const { ConsumedCapacity } = await put({}, { ReturnConsumedCapacity: 'TOTAL' })
    expect(ConsumedCapacity).toMatchObject({ TableName: table.tableName, CapacityUnits: 1 })
  })

  test('a condition that fails is told apart, and nothing is written', async () => {
    await open(untouched, [{ ...key, n: 1 }])
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' }
    const error = await put({ n: 2 }, condition).catch((error: unknown) => error)
    expect([isConditionFailed(error), isCancelled(error)]).toEqual([true, false])
    expect(await isWritten(put({ n: 2 }, condition))).toBe(false)
    expect(await getItem(table, key)).toEqual({ ...key, n: 1 })
  })

  test('a cancelled transaction has its reasons in order, with the items that were found', async () => {
    await open(untouched, [{ ...key, list: [1, { a: null }] }])
    const Put = {
      TableName: table.tableName,
      Item: { ...key, n: 2 },
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }
    const other = { TableName: table.tableName, Item: { ...key, sk: 'OTHER' } }
    const sent = table.send('TransactWriteItems', { TransactItems: [{ Put: other }, { Put }] })
    const error = await sent.catch((error: unknown) => error)
    if (!isCancelled(error)) throw error
    expect(error.reasons.map(({ Code }) => Code)).toEqual(['None', 'ConditionalCheckFailed'])
    expect(error.reasons[1]?.Item).toEqual({ ...key, list: [1, { a: null }] })
    expect(await getItem(table, other.Item)).toBeUndefined()
  })

  test('a table that does not exist is told apart', async () => {
    await open()
    const missing = getItem({ ...table, tableName: 'cell-none' }, key)
    expect(isTableMissing(await missing.catch((error: unknown) => error))).toBe(true)
  })

  const passing: readonly (readonly [string, Act])[] = [
    ['a throttled table', answering(errorOf(400, 'ProvisionedThroughputExceededException'))],
    ['a throttled account', answering(errorOf(400, 'ThrottlingException'))],
    ['a transaction in progress', answering(errorOf(400, 'TransactionInProgressException'))],
    ['a failure of the service', answering(errorOf(500, 'InternalServerError'))],
    ['a load balancer that answers for the table', answering({ status: 503, body: html })],
    ['a line that is cut', async (exchange) => exchange.reset()],
    ['half an answer', async (exchange) => exchange.cut(await exchange.forward())],
    [
      'an answer that is lost',
      async (exchange) => {
        await exchange.forward()
        exchange.reset()
      },
    ],
    ['no answer', async () => {}],
  ]

  test.concurrent.each(passing)(
    '%s is asked again with the same token, and the write is done once',
    async (_, act) => {
      const tableName = await bench.newTable([{ ...key, n: 0 }])
      const requests = bench.proxy.watch(tableName, first(act))
      const own = tableClients[client](tableName)
      const Update = { ...add(), TableName: tableName }
      await own.send('TransactWriteItems', { TransactItems: [{ Update }] })
      expect(requests.map(({ action }) => action)).toEqual(Array(2).fill('TransactWriteItems'))
      expect(requests[1]?.body).toBe(requests[0]?.body)
      expect(await getItem(own, key)).toEqual({ ...key, n: 1 })
    },
  )

  test('two transactions have different tokens', async () => {
    await open()
    await addInTransaction()
    await addInTransaction()
    const tokens = seen.map(({ body }) => JSON.parse(body).ClientRequestToken)
    expect(new Set(tokens).size).toBe(2)
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('a failure that lasts is given up after three tries, as Busy', async () => {
    await open(first(answering(errorOf(500, 'InternalServerError')), triesMax))
    await expect(addInTransaction()).rejects.toThrow(Busy)
    expect(seen).toHaveLength(triesMax)
  })

  test('a conflict with a transaction is left to the store, at once', async () => {
    await open(first(answering(errorOf(400, 'TransactionConflictException'))))
    await expect(put({})).rejects.toThrow(Busy)
    expect(seen).toHaveLength(1)
  })

  test.each(['ValidationException', 'AccessDeniedException', 'UnrecognizedClientException'])(
    'a %s is thrown as it is, at once',
    async (name) => {
      await open(() => answering(errorOf(400, name)))
      await expect(put({})).rejects.toMatchObject({ name, message: `it is ${name}` })
      expect(seen).toHaveLength(1)
    },
  )

  test('a table out of reach is Busy', async () => {
    await open(() => goThrough)
    const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB
    process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:9'
    try {
      await expect(getItem(tableClients[client](table.tableName), key)).rejects.toThrow(Busy)
    } finally {
      process.env.AWS_ENDPOINT_URL_DYNAMODB = endpoint
    }
  })
})
