import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import { accountConsumer } from '../../lambdas/runtime/account-consumer.ts'
import { logger } from '../../lambdas/runtime/log.ts'
import { sendMetricsTo } from '../../lambdas/runtime/metrics.ts'

/* A batch of several teams, some of which fail or lag. */

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  logger.setLogLevel('SILENT')
  sendMetricsTo(() => {})
})

const record = (sequence: number, teamId: string, version: number): DynamoDBRecord => ({
  dynamodb: {
    SequenceNumber: String(sequence),
    NewImage: { teamId: { S: teamId }, version: { N: String(version) } },
  },
})

/** Runs the handler on records, and lets all its pauses pass at once. */
async function consume(
  catchUp: (teamId: string, version: number) => Promise<boolean>,
  ...Records: DynamoDBRecord[]
) {
  const running = accountConsumer('usage-view', catchUp)({ Records } satisfies DynamoDBStreamEvent)
  let isOver = false
  const ended = running.finally(() => {
    isOver = true
  })
  while (!isOver) await vi.advanceTimersByTimeAsync(50)
  const { batchItemFailures } = await ended
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
}

const teams = Array.from({ length: 100 }, (_, index) => `team-${index}`)

test('a team whose index lags does not delay the other teams of its batch', async () => {
  const order: string[] = []
  const catchUp = async (teamId: string) => {
    order.push(teamId)
    return teamId !== 'team-0'
  }
  const failed = await consume(catchUp, ...teams.map((teamId, index) => record(index, teamId, 1)))
  expect(order.slice(0, 100).toSorted()).toEqual(teams.toSorted())
  expect(order.slice(100)).toEqual(Array.from({ length: 19 }, () => 'team-0'))
  expect(failed).toEqual(['0'])
})

test('a hundred teams whose index lags wait together, and not one after another', async () => {
  const tries = new Map<string, number>()
  const pauses = vi.spyOn(globalThis, 'setTimeout')
  const catchUp = async (teamId: string) => {
    tries.set(teamId, (tries.get(teamId) ?? 0) + 1)
    return tries.get(teamId) === 3
  }
  expect(await consume(catchUp, ...teams.map((teamId, index) => record(index, teamId, 1)))).toEqual([])
  expect(pauses).toHaveBeenCalledTimes(2)
})

test('at most 16 teams of a batch are worked on at once, and more than one', async () => {
  let [running, most] = [0, 0]
  const catchUp = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 10))
    running -= 1
    return true
  }
  await consume(catchUp, ...teams.map((teamId, index) => record(index, teamId, 1)))
  expect(most).toBe(16)
})

test('a batch with several failed teams reports the latest record of each, and applies all others once', async () => {
  const applied: string[] = []
  const catchUp = async (teamId: string, version: number) => {
    if (teamId === 'throws') throw new Error('no disk')
    if (teamId === 'lags') return false
    applied.push(`${teamId} ${version}`)
    return true
  }
  const failed = await consume(
    catchUp,
    record(10, 'throws', 1),
    record(11, 'first', 4),
    record(12, 'lags', 7),
    record(13, 'throws', 2),
    record(14, 'first', 5),
    record(15, 'last', 1),
  )
  expect(failed.toSorted()).toEqual(['12', '13'])
  expect(applied).toEqual(['first 5', 'last 1'])
})
