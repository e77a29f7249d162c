import { describe, expect, test } from 'vitest'
import { reverse } from '../../core/commands/reverse.ts'
import type { Charge, Entry, EntryOf } from '../../core/journal/entry.ts'
import { refuse } from '../../core/refusal.ts'
import { dayMs } from '../../core/time/time.ts'
import { acad, idle, lastUse, newWorld } from './reversals.ts'

/* Reversals that are refused. */

describe('a reversal is refused', () => {
  const setUp = () => {
    const world = newWorld()
    world.buy(3)
    world.use(acad, 720)
    const use = lastUse(world)
    const command = {
      kind: 'reverse',
      reversalId: 'r',
      operation: { source: use.source, id: use.id },
      reason: 'a mistake',
    } as const
    const found = { appId: 'app', meter: acad, uses: [use], history: world.entries, lots: [] }
    return { world, use, command, context: { ...world.context, found } }
  }

  test('for entries that are retired', () => {
    const { world, command, context } = setUp()
    const retired = { ...context, found: 'retired' as const }
    expect(reverse(world.account, command, retired)).toEqual(refuse('NOT_REVERSIBLE', { because: 'retired' }))
  })

  test('for a journal that does not reach back to the unit that must come back', () => {
    const { world, command, context, use } = setUp()
    const history: Entry[] = []
    const account = {
      ...world.account,
      meters: { [acad]: { ...idle, remainder: 0 } },
    }
    const part = { ...use, usage: { ...use.usage, charges: [] as Charge[] } }
    const short = { ...context, found: { ...context.found, uses: [part], history } }
    expect(reverse(account, command, short)).toEqual(refuse('NOT_REVERSIBLE', { because: 'retired' }))
  })

  test('after the unit size has changed, and only for paid use', () => {
    const { world, command, context, use } = setUp()
    const sized = (funding: 'paid' | 'free') => {
      const usage = { ...use.usage, funding, unitSize: 600 } as typeof use.usage
      return reverse(world.account, command, {
        ...context,
        found: { ...context.found, uses: [{ ...use, usage }] },
      })
    }
    expect(sized('paid')).toEqual(refuse('NOT_REVERSIBLE', { because: 'unit-size' }))
    expect(sized('free')).not.toHaveProperty('refused')
  })

  test('for use of more than 60 days', () => {
    const { world, command, context, use } = setUp()
    const days = (count: number) =>
      Array.from({ length: count }, (_, day) => ({
        ...use,
        time: use.time - day * dayMs,
        usage: { ...use.usage, funding: 'free' as const, quantity: 1, charges: [] },
      })) as EntryOf<'usage'>[]
    const reverseDays = (count: number) =>
      reverse(world.account, command, { ...context, found: { ...context.found, uses: days(count) } })
    expect(reverseDays(60)).not.toHaveProperty('refused')
    expect(reverseDays(61)).toEqual(refuse('NOT_REVERSIBLE', { because: 'too-many-days' }))
  })

  test('the second time, unless it is the same reversal, whose reason may be erased', () => {
    const { world, command, context } = setUp()
    const first = reverse(world.account, command, context)
    if ('refused' in first) throw new Error(first.code)
    const [earlier] = first.entries
    if (earlier?.kind !== 'reversal') throw new Error('no reversal')
    const again = (changed: Partial<typeof command> = {}, before = earlier) =>
      reverse(first.account, { ...command, ...changed }, { ...context, earlier: before })
    const same = { account: first.account, entries: [], answer: { entry: earlier } }
    expect(again()).toEqual(same)
    const erased = { ...earlier, reason: '[erased]' }
    expect(again({}, erased)).toEqual({ ...same, answer: { entry: erased } })
    expect(again({ reversalId: 'other' as 'r' })).toEqual(refuse('NOT_REVERSIBLE', { because: 'reversed' }))
    expect(again({ reason: 'other' as 'a mistake' })).toEqual(refuse('IDEMPOTENCY_CONFLICT'))
    const { source, id } = command.operation
    expect(again({ operation: { source, id: 'other' } })).toEqual(refuse('IDEMPOTENCY_CONFLICT'))
    expect(again({ operation: { source: 'other', id } })).toEqual(refuse('IDEMPOTENCY_CONFLICT'))
    expect(again({ operation: { authorizationId: id } as never })).toEqual(refuse('IDEMPOTENCY_CONFLICT'))
  })
})
