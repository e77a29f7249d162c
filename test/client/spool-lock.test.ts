import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openSpool, SpoolInUse, SpoolUnreadable } from '../../client/spool.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const program = fileURLToPath(new URL('./spool-holding.ts', import.meta.url))

/** Another process that tries to open the spool. Resolves to its outcome. */
async function openElsewhere(folder: string): Promise<{ child: ChildProcess; outcome: string }> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [chunk] = await once(child.stdout, 'data')
  return { child, outcome: String(chunk).trim() }
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

describe('a folder', () => {
  test('is used by one process at a time, until that is killed', async () => {
    const folder = join(temporaryFolder(), 'new', 'spool')
    const { child, outcome } = await openElsewhere(folder)
    expect(outcome).toBe('open')
    expect(() => openSpool(folder)).toThrow(SpoolInUse)
    const message = `the spool ${folder} is used by process ${child.pid}: give each process its own folder`
    expect(() => openSpool(folder)).toThrow(message)
    await end(child)
    openSpool(folder).close()
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })

  test('is opened once by a process, and again after it was closed', () => {
    const folder = temporaryFolder()
    const spool = openSpool(folder)
    expect(() => openSpool(folder)).toThrow(SpoolInUse)
    spool.close()
    spool.close()
    openSpool(folder).close()
  })

  test('is opened by one of several processes that start together, also over the lock of a dead one', async () => {
    const folder = temporaryFolder()
    const dead = await openElsewhere(folder)
    await end(dead.child)
    const found = await Promise.all(Array.from({ length: 4 }, () => openElsewhere(folder)))
    const outcomes = found.map(({ outcome }) => outcome).toSorted()
    expect(outcomes.filter((outcome) => outcome === 'open')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome.startsWith('SpoolInUse'))).toHaveLength(3)
    expect(readdirSync(folder).filter((name) => name.startsWith('lock'))).toEqual(['lock'])
  })

  test.each([
    ['of an earlier process with the same pid', { pid: process.pid, start: 'another boot 1' }],
    ['of an earlier process with the same pid, where starts are not known', { pid: process.pid, start: '' }],
    ['of a process whose pid another one has now', { pid: process.ppid, start: 'another boot 1' }],
    ['that was never complete', ''],
  ])('is opened over a lock %s', (_, lock) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'lock'), lock === '' ? '' : JSON.stringify(lock))
    openSpool(folder).close()
  })

  test('is not opened while another process lives, where starts are not known', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, start: '' }))
    expect(() => openSpool(folder)).toThrow(SpoolInUse)
  })

  test('can be opened after a file in it was unreadable and was emptied', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'leases'), 'something else')
    expect(() => openSpool(folder)).toThrow(SpoolUnreadable)
    writeFileSync(join(folder, 'leases'), '')
    openSpool(folder).close()
  })

  test('is readable by its owner only', () => {
    const folder = join(temporaryFolder(), 'spool')
    const spool = openSpool(folder, { sync: true })
    spool.events.append(['{}'])
    spool.leases.open('lease')
    const paths = [folder, ...readdirSync(folder).map((name) => join(folder, name))]
    expect(paths.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([])
    spool.close()
  })

  test('has both kinds of use after a restart', () => {
    const folder = temporaryFolder()
    const spool = openSpool(folder)
    spool.leases.write(spool.leases.open('lease') ?? 0, 7)
    spool.events.append(['{"id":1}', '{"id":2}'])
    spool.events.remove(1)
    spool.close()
    const again = openSpool(folder)
    expect(again.leases.leftovers).toEqual([{ place: 1, authorizationId: 'lease', used: 7 }])
    expect(again.events.read(9)).toEqual(['{"id":2}'])
    again.close()
  })
})
