import { cpSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLeaseFile } from '../../client/spool/lease-file.ts'
import { SpoolUnreadable } from '../../client/spool.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const placeBytes = 128

function newPath(): string {
  return join(temporaryFolder(), 'leases')
}

function openFresh(path: string) {
  const problems: string[] = []
  const file = openLeaseFile(path, (problem) => problems.push(problem))
  return { ...file, problems }
}

interface Model {
  readonly id: string
  used: number
}

describe('leases', () => {
  const step = fc.record({
    kind: fc.constantFrom('open', 'open', 'write', 'write', 'close', 'reopen'),
    which: fc.nat(),
    used: fc.nat(1_000_000_000_000),
  })

  test('that were not closed are left over with their last use, after a restart at any time', () => {
    const run = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const path = newPath()
      let file = openFresh(path)
      const model = new Map<number, Model>()
      const reopen = () => {
        file.release()
        file = openFresh(path)
        const left = file.leftovers.map(
          ({ place, authorizationId: id, used }) => [place, { id, used }] as const,
        )
        expect(new Map(left)).toEqual(model)
        expect(file.problems).toEqual([])
      }
      for (const [index, { kind, which, used }] of steps.entries()) {
        const [place, lease] = [...model][which % Math.max(1, model.size)] ?? [0]
        if (kind === 'open') {
          const id = `lease-${index}`.padEnd(which % 64, 'x')
          const opened = file.open(id)
          expect(model.has(opened)).toBe(false)
          model.set(opened, { id, used: 0 })
        }
        if (kind === 'reopen') reopen()
        if (lease !== undefined && kind === 'write') {
          file.write(place, used)
          lease.used = used
        }
        if (lease !== undefined && kind === 'close') {
          file.close(place)
          model.delete(place)
        }
      }
      reopen()
      file.release()
    })
    fc.assert(run, propertyRuns(300))
  })

  test('are whole or reported as damaged, with a file cut at any byte', () => {
    const path = newPath()
    const file = openFresh(path)
    const uses = { first: 11, ['s'.repeat(64)]: 1_000_000_000_000, third: 0 }
    for (const [id, used] of Object.entries(uses)) file.write(file.open(id), used)
    file.release()
    for (let bytes = statSync(path).size; bytes >= 0; bytes -= 1) {
      const copy = newPath()
      cpSync(path, copy)
      truncateSync(copy, bytes)
      const cut = openFresh(copy)
      cut.release()
      for (const { authorizationId, used } of cut.leftovers)
        expect(uses).toHaveProperty(authorizationId, used)
      const whole = Math.max(0, Math.floor(bytes / placeBytes) - 1)
      expect(cut.leftovers.length).toBeGreaterThanOrEqual(whole)
      const isPartly = bytes > placeBytes && bytes % placeBytes > 0
      expect(cut.leftovers.length + cut.problems.length).toBeLessThanOrEqual(whole + (isPartly ? 1 : 0))
    }
  })

  test('with a damaged id are reported, and the others are read', () => {
    const path = newPath()
    const file = openFresh(path)
    for (const id of ['first', 'second', 'third']) file.write(file.open(id), 5)
    file.release()
    const bytes = readFileSync(path)
    for (let at = 2 * placeBytes + 8; at < 3 * placeBytes; at += 1) {
      const copy = newPath()
      writeFileSync(copy, bytes.with(at, (bytes[at] ?? 0) ^ 1))
      const opened = openFresh(copy)
      expect(opened.leftovers.map(({ authorizationId }) => authorizationId)).toEqual(['first', 'third'])
      expect(opened.problems).toEqual([expect.stringContaining(`${copy}: place 2 is damaged`)])
      expect(opened.open('next')).toBe(2)
      opened.release()
    }
  })

  test('reuse the places of closed ones', () => {
    const path = newPath()
    const file = openFresh(path)
    for (let round = 0; round < 1_000; round += 1) {
      const places = [file.open(`a-${round}`), file.open(`b-${round}`)]
      for (const place of places) file.write(place, round)
      for (const place of places) file.close(place)
    }
    expect(statSync(path).size).toBeLessThanOrEqual(3 * placeBytes)
    file.release()
  })

  test('have an id of 1 to 64 bytes', () => {
    const file = openFresh(newPath())
    for (const id of ['', 'x'.repeat(65), 'é'.repeat(33)]) expect(() => file.open(id)).toThrow(TypeError)
    file.release()
  })

  test('are not read from a file of another format, which is left as it is', () => {
    const path = newPath()
    writeFileSync(path, 'tollgate leases, format 2\n')
    expect(() => openFresh(path)).toThrow(SpoolUnreadable)
    expect(() => openFresh(path)).toThrow(path)
    expect(readFileSync(path, 'utf8')).toBe('tollgate leases, format 2\n')
  })
})
