import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { tryLock } from '../../audit/data-folder/lock.ts'
import { entryKey } from '../../lambdas/store/keys.ts'
import type { Table } from '../../lambdas/store/table.ts'
import type { EngineTables } from '../support/engine-table.ts'
import { test } from '../support/fixtures.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'

const command = fileURLToPath(new URL('../../audit/audit.ts', import.meta.url))
const world = eventfulWorld()
let engine: EngineTables
let dataDir: string
let table: Table

test.beforeAll(async ({ engine: started, engineFolder }) => {
  ;[engine, dataDir] = [started, engineFolder]
  table = await engine.newTable()
  await storeWorld(table, world)
})

/** Runs the command as a person would, with nothing else in its environment. */
function audit(settings: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command], {
    env: { PATH: process.env.PATH, ...settings },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const counts = `1 accounts, ${world.entries.length} entries, 0 differences\n`

test('it reports that there is no data', () => {
  expect(audit({ DATA_DIR: join(dataDir, 'none') })).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^There is no data in .*: "npm start" makes some\..*\n$/),
  })
})

test('a table elsewhere is audited by its name and the usual settings of the SDK', () => {
  const settings = {
    TABLE_NAME: table.tableName,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
  }
  const { status, stdout } = audit(settings)
  expect({ status, stdout }).toEqual({ status: 0, stdout: `table ${table.tableName}: ${counts}` })
})

test('a folder in use is audited through its engine', () => {
  const lock = tryLock(join(dataDir, 'lock'))
  expect(audit({ DATA_DIR: dataDir })).toEqual({
    status: 0,
    stdout: `the running Tollgate of ${dataDir}: ${counts}`,
    stderr: '',
  })
  lock?.release()
})

test('a folder at rest is audited too, and a difference is a line and exit code 1', async () => {
  const deleted = world.entries.find((entry) => entry.kind === 'void')
  if (deleted === undefined) throw new Error('no entry to delete')
  await table.send('DeleteItem', { TableName: table.tableName, Key: entryKey(deleted) })
  await engine.stop()
  expect(audit({ DATA_DIR: dataDir })).toEqual({
    status: 1,
    stdout: [
      `acme: entry ${deleted.version} is missing`,
      `the data in ${dataDir}: 1 accounts, ${world.entries.length - 1} entries, 1 differences\n`,
    ].join('\n'),
    stderr: '',
  })
})
