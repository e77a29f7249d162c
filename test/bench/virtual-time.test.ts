import { expect, test } from 'vitest'
import { seededRandom } from '../../bench/model/seeded.ts'
import { VirtualTime } from '../../bench/model/virtual-time.ts'

const random = seededRandom(1)

test('an hour of timers passes without waiting, in the order of their instants', async () => {
  const time = new VirtualTime()
  const fired: string[] = []
  const waitFor = async (name: string, ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    fired.push(`${name} at ${performance.now()}`)
  }
  await time.run(random, () =>
    Promise.all([waitFor('late', 3_600_000), waitFor('early', 5), waitFor('next', 5)]),
  )
  expect(fired).toEqual(['early at 5', 'next at 5', 'late at 3600000'])
})

test('virtual time does not pass during real work, however long that takes', async () => {
  const time = new VirtualTime()
  const realTurns = async () => {
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  const seen = await time.run(random, async () => {
    const other = time.sleep(1)
    const before = time.now()
    await time.real(realTurns)
    const after = time.now()
    await other
    return { before, after, end: time.now() }
  })
  expect(seen).toEqual({ before: 0, after: 0, end: 1 })
})

test('a cleared timer does not fire', async () => {
  const time = new VirtualTime()
  let isFired = false
  await time.run(random, async () => {
    const timer = setTimeout(() => {
      isFired = true
    }, 5)
    clearTimeout(timer)
    await time.sleep(10)
  })
  expect(isFired).toBe(false)
})

test('the globals are the real ones again after a run, also after one that fails', async () => {
  const before = [globalThis.setTimeout, globalThis.clearTimeout, performance.now, Math.random]
  const failing = new VirtualTime().run(random, () => Promise.reject(new Error('broken')))
  await expect(failing).rejects.toThrow('broken')
  expect([globalThis.setTimeout, globalThis.clearTimeout, performance.now, Math.random]).toEqual(before)
})

test('work that waits for nothing in virtual time fails instead of hanging', async () => {
  const stuck = new VirtualTime().run(random, () => new Promise(() => {}))
  await expect(stuck).rejects.toThrow('not in virtual time')
})
