import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { itemBytes } from '../../bench/item-bytes.ts'
import { toEntryItem } from '../../lambdas/store/entry-item.ts'
import { JournalStore } from '../../lambdas/store/journal.ts'
import { callOperations } from '../faults/call-operations.ts'
import { Instance } from '../faults/instance.ts'
import { newOutside } from '../faults/outside.ts'
import { instantOf, itemsOfState, paymentsOf } from '../faults/states.ts'
import { Workbench } from '../faults/workbench.ts'
import { everyScope } from '../support/ask.ts'

/* Every call that writes entries, as the fault table lists them: each entry names the caller. */

let bench: Workbench
beforeAll(async () => {
  bench = await Workbench.start()
})
afterAll(() => bench.stop())

const byTime: ReadonlySet<string> = new Set(['payment-recovery'])
const writers = callOperations.filter(({ makes }) => Object.keys(makes).length > 0)

test('the calls that write entries are found', () => expect(writers.length).toBeGreaterThan(20))

describe.each(writers)('$name', ({ state, run, makes }) => {
  test('names its caller in each entry that it asks for', async () => {
    const tableName = await bench.newTable(await itemsOfState(bench, state))
    const now = () => instantOf(state)
    const instance = await Instance.start({
      tableName,
      now,
      outside: newOutside(),
      payments: paymentsOf(state),
    })
    const before = (await instance.deps.operations.load('acme'))?.version ?? 0
    await run(instance)
    const made = await new JournalStore(bench.direct(tableName)).since('acme', before, 100)
    expect(made).toHaveLength(Object.values(makes).reduce((sum, count) => sum + count, 0))
    for (const { kind, actor } of made)
      expect([kind, actor]).toEqual([kind, byTime.has(kind) ? undefined : everyScope.sub])
    // With the longest usual subject, an entry of a service still fits into one write unit.
    for (const entry of made)
      if (['authorization', 'capture', 'void', 'usage'].includes(entry.kind))
        expect(itemBytes(toEntryItem({ ...entry, actor: 's'.repeat(36) }))).toBeLessThan(1_024)
  })
})
