import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { makeProgram } from '../../ops/program.ts'
import { startEngineTables } from '../support/engine-table.ts'
import { eventfulWorld, storeWorld } from '../support/stored-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const file = fileURLToPath(new URL('../../ops/ops.ts', import.meta.url))
const ops = (dataDir: string, ...words: string[]) => {
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir }
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...words], { env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const leaves = (command: Command): readonly Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves)
const commands = leaves(makeProgram(async () => {})).map((command) => [command.name(), command] as const)
/** Commands that only read. All others must be a dry run by default. */
const reading = ['status', 'list', 'verify', 'money', 'focus', 'preview']

describe('every command', () => {
  test('is in this test', () => expect(commands.length).toBeGreaterThanOrEqual(9))

  test.each(commands)('%s describes its work, with examples', (name, command) => {
    expect(command.description().length).toBeGreaterThan(20)
    let help = ''
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
    expect(help).toMatch(new RegExp(`npm run ops -- .*${name}`))
  })

  test.each(commands)('%s writes only with --apply', (name, command) => {
    const canApply = command.options.some(({ long }) => long === '--apply')
    expect(canApply).toBe(!reading.includes(name))
  })
})

describe('the command line', () => {
  test('works on a data folder, and prints its help', async () => {
    const dataDir = temporaryFolder()
    const engine = await startEngineTables(dataDir)
    await storeWorld(await engine.newTable(), eventfulWorld())
    await engine.stop()
    const { version } = eventfulWorld().account
    expect(ops(dataDir, 'status').stdout).toContain(`usage view: 1 team behind, by ${version} in all`)
    expect(ops(dataDir, 'replay-view', '--all').stdout).toContain('Nothing was written.')
    expect(ops(dataDir, 'replay-view', '--all', '--apply').status).toBe(0)
    expect(ops(dataDir, 'status').stdout).toContain('usage view: up to date')
    expect(ops(dataDir, '--help').stdout).toContain('DATA_DIR')
  })

  test('a named stage never shows figures of this machine', async () => {
    const dataDir = temporaryFolder()
    const engine = await startEngineTables(dataDir)
    await engine.newTable()
    await engine.stop()
    for (const words of [['status'], ['dead-letters', 'list'], ['dead-letters', 'redrive', '--apply']]) {
      const { status, stdout, stderr } = ops(dataDir, ...words, '--stage', 'prod')
      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(/^--stage prod is on AWS, and no TABLE_NAME says which table/)
    }
  })

  test('a missing data folder is reported', () => {
    const { status, stderr } = ops(join(temporaryFolder(), 'none'), 'status')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^There is no data in/)
  })

  test.each([['events', 'replay', 'acme', '--from', 'x'], ['no-such-command'], ['events', 'replay', 'acme']])(
    '%s %s is refused with exit code 1',
    (...words) => {
      expect(ops(temporaryFolder(), ...words).status).toBe(1)
    },
  )
})
