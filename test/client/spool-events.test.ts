import { cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EventLogOptions, openEventLog } from '../../client/spool/event-log.ts'
import { SpoolFull } from '../../client/spool.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const open = (folder: string, more: Partial<EventLogOptions> = {}) =>
  openEventLog({ folder, bytesMax: 1_000_000, sync: false, segmentBytes: 100, ...more })

const lines = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => JSON.stringify({ id: `event-${from + index}`, quantity: 1 }))

const segmentsOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith('events-'))
    .toSorted()

function copyOf(folder: string): string {
  const copy = temporaryFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}

describe('events', () => {
  const step = fc.oneof(
    fc.record({ append: fc.array(fc.string({ maxLength: 200, unit: 'grapheme' }), { maxLength: 20 }) }),
    fc.record({ remove: fc.nat(30) }),
    fc.record({ read: fc.nat(30) }),
    fc.constant({ reopen: true as const }),
  )

  test('that were not removed are read in order, also after a restart at any time', () => {
    const run = fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const folder = temporaryFolder()
      let log = open(folder)
      let model: string[] = []
      for (const each of steps) {
        if ('append' in each) {
          const added = each.append.map((text) => JSON.stringify(text))
          log.append(added)
          model.push(...added)
        } else if ('remove' in each) {
          log.remove(each.remove)
          model = model.slice(each.remove)
        } else if ('read' in each) {
          expect(log.read(each.read)).toEqual(model.slice(0, each.read))
        } else {
          log.release()
          log = open(folder)
        }
        expect(log.size).toBe(model.length)
      }
      expect(log.read(1_000)).toEqual(model)
      log.release()
    })
    fc.assert(run, propertyRuns(300))
  })

  test('that are longer than a chunk of the file are read', () => {
    const log = open(temporaryFolder())
    const long = JSON.stringify('x'.repeat(700_000))
    log.append(['1', long, '3'])
    expect(log.read(3)).toEqual(['1', long, '3'])
    log.remove(2)
    expect(log.read(3)).toEqual(['3'])
    log.release()
  })

  test('with a line break are refused', () => {
    const log = open(temporaryFolder())
    expect(() => log.append(['1', '2\n3'])).toThrow(TypeError)
    expect(log.size).toBe(0)
    log.release()
  })

  test('that were written in part are dropped, with a file cut at any byte', () => {
    const folder = temporaryFolder()
    const log = open(folder, { segmentBytes: 60 })
    for (const line of lines(7)) log.append([line])
    log.remove(1)
    log.release()
    const last = segmentsOf(folder).at(-1) ?? ''
    const earlier = lines(7).slice(1, 6)
    expect(readFileSync(join(folder, last), 'utf8')).toBe(`${lines(7)[6]}\n`)
    for (let bytes = statSync(join(folder, last)).size - 1; bytes >= 0; bytes -= 1) {
      const copy = copyOf(folder)
      truncateSync(join(copy, last), bytes)
      const cut = open(copy)
      expect(cut.read(10)).toEqual(earlier)
      cut.append(['"next"'])
      cut.release()
      const again = open(copy)
      expect(again.read(10)).toEqual([...earlier, '"next"'])
      again.release()
    }
  })

  test('are sent again, and none is skipped, after damage to any byte of the cursor', () => {
    const folder = temporaryFolder()
    const log = open(folder, { segmentBytes: 1_000 })
    for (const line of lines(9)) log.append([line])
    log.remove(8)
    log.release()
    const cursor = readFileSync(join(folder, 'cursor'))
    const damaged = [...cursor.keys()].flatMap((index) => [
      cursor.subarray(0, index),
      Buffer.from(cursor.map((byte, at) => (at === index ? byte ^ 0x40 : byte))),
    ])
    for (const bytes of damaged) {
      const copy = copyOf(folder)
      writeFileSync(join(copy, 'cursor'), bytes)
      const reopened = open(copy)
      expect(reopened.read(10)).toEqual(lines(9))
      reopened.release()
    }
  })

  test('that follow lost ones are not skipped', () => {
    const folder = temporaryFolder()
    const log = open(folder, { segmentBytes: 1_000 })
    log.append(lines(5))
    log.remove(4)
    log.release()
    truncateSync(join(folder, segmentsOf(folder)[0] ?? ''), 0)
    const shortened = open(folder)
    shortened.append(lines(1, 6))
    shortened.release()
    const again = open(folder)
    expect(again.read(9)).toEqual(lines(1, 6))
    again.release()
  })
})

describe('the folder is bounded', () => {
  test('events beyond the limit are refused and none of them is stored', () => {
    const folder = temporaryFolder()
    const size = Buffer.byteLength(`${lines(1)[0]}\n`)
    const log = open(folder, { bytesMax: size * 5 })
    log.append(lines(4))
    expect(() => log.append(lines(2, 5))).toThrow(SpoolFull)
    expect(log.read(9)).toEqual(lines(4))
    log.append(lines(1, 5))
    expect(() => log.append(lines(1, 6))).toThrow(SpoolFull)
    log.remove(2)
    log.append(lines(2, 6))
    log.release()
    const again = open(folder, { bytesMax: size * 5 })
    expect(() => again.append(lines(1, 8))).toThrow(SpoolFull)
    expect(again.read(9)).toEqual(lines(5, 3))
    again.release()
  })

  test('segments of removed events are deleted', () => {
    const folder = temporaryFolder()
    const log = open(folder, { segmentBytes: 1_000 })
    for (let round = 0; round < 200; round += 1) {
      log.append(lines(30, round * 30))
      log.remove(30)
      expect(segmentsOf(folder).length).toBeLessThanOrEqual(2)
    }
    expect(log.read(1)).toEqual([])
    log.release()
  })

  test('the newest rejected events are stored, in two files', () => {
    const folder = temporaryFolder()
    const log = open(folder, { rejectedBytes: 1_000 })
    for (let number = 1; number <= 200; number += 1) log.setAside(lines(1, number))
    const names = ['rejected-before.jsonl', 'rejected.jsonl']
    const text = names.map((name) => readFileSync(join(folder, name), 'utf8')).join('')
    const stored = text.trimEnd().split('\n')
    expect(stored).toEqual(lines(200).slice(-stored.length))
    expect(stored.length).toBeGreaterThan(25)
    expect(text.length).toBeLessThan(2_100)
    log.release()
  })

  test('a rejected event that was written in part does not hide the next one', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'rejected.jsonl'), '{"id":"ha')
    const log = open(folder)
    log.setAside(lines(1))
    log.release()
    expect(readFileSync(join(folder, 'rejected.jsonl'), 'utf8')).toBe(`{"id":"ha\n${lines(1)[0]}\n`)
  })
})
