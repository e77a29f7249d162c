import { beforeAll, expect } from 'vitest'
import { emptyAccount } from '../../core/account/account.ts'
import { hourMs } from '../../core/time/time.ts'
import { toAccountItem } from '../../lambdas/store/account-item.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { test } from '../support/fixtures.ts'

/* The hourly start of workflows, for many unpaid bills and a campaign. */

const now = Date.parse('2025-12-10T09:20:00Z')
const teamIds = Array.from({ length: 60 }, (_, index) => `debtor-${index}`)

beforeAll(async () => {
  Object.assign(process.env, { TABLE_NAME: 'unused', PAYMENTS: 'bus', STAGE: 'test' })
  Object.assign(process.env, { MIGRATION_ARN: 'm', PAYMENT_RECOVERY_ARN: 'r' })
  const { logger } = await import('../../lambdas/runtime/log.ts')
  logger.setLogLevel('SILENT')
})

async function putDebtor(table: Table, teamId: string, more: object = {}): Promise<void> {
  const due = { dueId: 'invoice:2025-11', usdCents: 900, steps: 0, failedAt: now - hourMs }
  const account = { ...emptyAccount(teamId), version: 1, at: now - hourMs, dues: [due] }
  const Item = { ...toAccountItem(account), ...more }
  await table.send('PutItem', { TableName: table.tableName, Item })
}

async function startAll(
  table: Table,
  start: (name: string) => Promise<boolean>,
  running: readonly string[] = [],
) {
  const { startWorkflows } = await import('../../lambdas/workflow/start-workflows.ts')
  const { depsOn } = await import('../../lambdas/runtime/deps.ts')
  const deps = depsOn({
    table,
    env: { tableName: table.tableName, payments: 'bus', stage: 'test' },
    clock: { now: () => now },
  })
  const executions = {
    running: async (arn: string) => (arn === 'r' ? running : []),
    start: (_arn: string, name: string) => start(name.slice(0, name.lastIndexOf('.'))),
  }
  return startWorkflows(deps, { executions, arns: { migration: 'm', paymentRecovery: 'r' } })
}

test('every team with an unpaid bill gets its workflow, unless it runs, and many are started at once', async ({
  table,
}) => {
  for (const teamId of teamIds) await putDebtor(table, teamId)
  const started: string[] = []
  let [under, most] = [0, 0]
  const start = async (subject: string) => {
    under += 1
    most = Math.max(most, under)
    await new Promise((resolve) => setImmediate(resolve))
    under -= 1
    return started.push(subject) > 0
  }
  const result = await startAll(table, start, ['debtor-7.490848'])
  expect(result).toEqual({ started: started.length })
  expect(started.toSorted()).toEqual(
    ['aps-2025', ...teamIds.filter((teamId) => teamId !== 'debtor-7')].toSorted(),
  )
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(16)
})

test('a team that cannot be read or started keeps no other team and no campaign from starting', async ({
  table,
}) => {
  for (const teamId of teamIds)
    await putDebtor(table, teamId, teamId === 'debtor-3' ? { itemVersion: 99 } : {})
  const started: string[] = []
  const start = async (subject: string) => {
    if (subject === 'debtor-5') throw new Error('throttled')
    return started.push(subject) > 0
  }
  await expect(startAll(table, start)).rejects.toThrow('start-workflows: 2 teams failed')
  const others = teamIds.filter((teamId) => teamId !== 'debtor-3' && teamId !== 'debtor-5')
  expect(started.toSorted()).toEqual(['aps-2025', ...others].toSorted())
})
