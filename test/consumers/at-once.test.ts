import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { atOnce } from '../../lambdas/runtime/at-once.ts'
import { paceOf } from '../../lambdas/runtime/pace.ts'

describe('work in parallel', () => {
  const items = Array.from({ length: 50 }, (_, index) => index)
  async function* generated() {
    yield* items
  }

  test.each([
    ['a list', () => items],
    ['a generator', () => generated()],
  ])('does each item of %s once, in order, and never more than the bound at once', async (_, source) => {
    const begun: number[] = []
    let [running, most] = [0, 0]
    await atOnce(source(), 7, async (item) => {
      begun.push(item)
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
    })
    expect(begun).toEqual(items)
    expect(most).toBe(7)
  })

  test('begins nothing after an error, and rejects with it once all work that began has ended', async () => {
    const ended: number[] = []
    const running = atOnce(items, 3, async (item) => {
      if (item === 1) throw new Error('one')
      await new Promise((resolve) => setTimeout(resolve, 5))
      ended.push(item)
    })
    await expect(running).rejects.toThrow('one')
    expect(ended.toSorted()).toEqual([0, 2])
  })

  test('without items does nothing', async () => {
    await atOnce([], 3, () => Promise.reject(new Error('no item')))
  })
})

describe('a pace', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }))
  afterEach(() => void vi.useRealTimers())

  test('gives a first burst at once, then as many turns in a second as it states', async () => {
    const turn = paceOf(10, 5)
    let turns = 0
    const takeTurns = async () => {
      for (;;) {
        await turn()
        turns += 1
      }
    }
    void takeTurns()
    const seen: number[] = []
    for (let second = 0; second < 4; second++) {
      await vi.advanceTimersByTimeAsync(second === 0 ? 1 : 1_000)
      seen.push(turns)
    }
    expect(seen).toEqual([5, 15, 25, 35])
  })
})
