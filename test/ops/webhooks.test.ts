import { expect } from 'vitest'
import { NotificationStore } from '../../lambdas/store/notifications.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { rotateKeys } from '../../ops/webhooks.ts'
import { test } from '../support/fixtures.ts'
import { itemsOf, operatingOn } from '../support/operating.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'

let table: Table
const now = Date.parse('2026-06-01T00:00:00Z')
const keys = ['1', '2']
const webhook = (webhookId: string, key: string) => ({
  webhookId,
  url: 'https://hooks.example.com/secret-path',
  secret: { key, number: 3 },
})

test.beforeAll(async ({ engine }) => {
  table = await engine.newTable()
  await storeWorld(table, eventfulWorld())
  await new NotificationStore(table).change('acme', (before) => ({
    ...before,
    webhooks: [webhook('wh-1', '1'), webhook('wh-2', '2')],
  }))
})

test('webhooks of other keys are listed without --apply, and their addresses are shortened', async () => {
  const before = await itemsOf(table)
  const { operating, lines } = operatingOn(table, now)
  expect(await rotateKeys(operating, { key: '2', keys, all: true })).toBe(1)
  expect(lines[0]).toBe('acme: wh-1 (hooks.example.com) is of key 1')
  expect(await itemsOf(table)).toEqual(before)
})

test('with --apply they get the next secret of the key, and the previous one stays valid for a day', async () => {
  const { operating } = operatingOn(table, now)
  await rotateKeys(operating, { key: '2', keys, team: 'acme', apply: true })
  const [rotated, other] = (await new NotificationStore(table).load('acme')).webhooks
  expect(rotated).toMatchObject({
    secret: { key: '2', number: 4 },
    previous: { secret: { key: '1', number: 3 }, until: Date.parse('2026-06-02T00:00:00Z') },
  })
  expect(other).toEqual(webhook('wh-2', '2'))
  expect(await rotateKeys(operating, { key: '2', keys, all: true, apply: true })).toBe(0)
})

test('no webhook gets a secret of a key that does not exist', async () => {
  const before = await itemsOf(table)
  const { operating } = operatingOn(table, now)
  for (const key of ['3', 'banana', ''])
    await expect(rotateKeys(operating, { key, keys, all: true, apply: true })).rejects.toThrow(
      `There is no signing key ${key}, but 1, 2.`,
    )
  expect(await itemsOf(table)).toEqual(before)
})

test('a secret of a deleted key is not stored as the previous secret', async () => {
  const { operating } = operatingOn(table, now)
  await rotateKeys(operating, { key: '3', keys: ['3'], team: 'acme', apply: true })
  const { webhooks } = await new NotificationStore(table).load('acme')
  expect(webhooks.map(({ secret, previous }) => ({ secret, previous }))).toEqual([
    { secret: { key: '3', number: 5 }, previous: undefined },
    { secret: { key: '3', number: 4 }, previous: undefined },
  ])
})
