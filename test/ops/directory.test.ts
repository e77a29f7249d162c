import { expect } from 'vitest'
import { directoryKey, listingKey } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import { rebuildDirectory } from '../../ops/directory.ts'
import { test } from '../support/fixtures.ts'
import { ListedTeams } from '../support/listed-teams.ts'
import { itemsOf, operatingOn } from '../support/operating.ts'

let table: Table
let right: readonly string[]
let teams: ListedTeams

test.beforeEach(async ({ table: fresh, party }) => {
  table = fresh
  teams = new ListedTeams(table, party)
  await teams.register('acme', 'Acme Tools')
  await teams.register('bolt', 'Bolt')
})

const rebuild = async (choice: { team?: string; all?: boolean; apply?: boolean }) => {
  const { operating, lines } = operatingOn(table)
  return { differences: await rebuildDirectory(operating, choice), lines }
}

/** The directory's items, without how often rows were written. */
const directory = async () =>
  (await itemsOf(table))
    .filter((item) => /"DIRECTORY"|"LISTING#/.test(item))
    .map((item) => item.replace(/"revision":\d+,?/, ''))

const remove = (Key: object) => table.send('DeleteItem', { TableName: table.tableName, Key: { ...Key } })
const put = (Item: object) => table.send('PutItem', { TableName: table.tableName, Item: { ...Item } })

test('teams from before the directory are listed after a rebuild, as the stream would list them', async () => {
  expect((await rebuild({ all: true })).lines).toEqual([
    'acme: its row is not what the team is',
    'bolt: its row is not what the team is',
    '2 differences.',
    'Nothing was written. Add --apply to do it.',
  ])
  expect(await directory()).toEqual([])
  expect((await rebuild({ all: true, apply: true })).lines.at(-1)).toBe('2 differences, now corrected.')
  const rebuilt = await directory()
  expect(await teams.follow()).toEqual([])
  expect(await directory()).toEqual(rebuilt)
  expect(await teams.idsOf({ query: 'tools' })).toEqual(['acme'])
})

test('every kind of damage is found, and corrected with --apply', async () => {
  await teams.follow()
  right = await directory()
  await remove(listingKey({ list: 'word:t', order: 'tools' }, 'acme'))
  await put(listingKey({ list: 'word:o', order: 'old' }, 'acme'))
  await put(listingKey({ list: 'state:suspended', order: '' }, 'nobody'))
  await remove(directoryKey('bolt'))
  const { lines, differences } = await rebuild({ all: true })
  expect(lines).toContain('acme: its place in word:t#tools is missing')
  expect(lines).toContain('acme: it is in word:o#old without a reason')
  expect(lines).toContain('nobody: it is in state:suspended# without a reason')
  expect(lines).toContain('bolt: its row is not what the team is')
  expect(differences).toBeGreaterThanOrEqual(4)
  await rebuild({ all: true, apply: true })
  expect(await directory()).toEqual(right)
  expect((await rebuild({ all: true })).differences).toBe(0)
})

test('one team can be rebuilt alone', async () => {
  await rebuild({ team: 'bolt', apply: true })
  expect(await teams.idsOf({})).toEqual(['bolt'])
  await expect(rebuild({ team: 'nobody' })).rejects.toThrow('There is no team nobody')
})
