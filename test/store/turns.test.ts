import { expect, test } from 'vitest'
import { Turns } from '../../lambdas/store/turns.ts'

test('work on one key happens in the order of its arrival, one after the other', async () => {
  const turns = new Turns()
  const log: string[] = []
  const work = (name: string) =>
    turns.take('key', async () => {
      log.push(`${name} begins`)
      await Promise.resolve()
      log.push(`${name} ends`)
      return name
    })
  expect(await Promise.all([work('a'), work('b'), work('c')])).toEqual(['a', 'b', 'c'])
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('work on another key does not wait, and work that fails does not stop the next', async () => {
  const turns = new Turns()
  let release = () => {}
  const blocked = turns.take('key', () => new Promise<void>((resolve) => (release = resolve)))
  const failing = turns.take('key', async () => {
    throw new Error('mine')
  })
  const after = turns.take('key', async () => 'after')
  expect(await turns.take('other', async () => 'other')).toBe('other')
  release()
  await blocked
  await expect(failing).rejects.toThrow('mine')
  expect(await after).toBe('after')
})
