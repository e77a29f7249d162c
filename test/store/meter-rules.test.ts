import { expect, test } from 'vitest'
import { KnownEntries } from '../../lambdas/store/known-entries.ts'
import { meterRulesOn } from '../../lambdas/store/meter-rules.ts'
import { openMeterStores } from '../../lambdas/store/meter-stores.ts'
import { World } from '../support/world.ts'

test('a function of services loads nothing for a command of another call', async () => {
  const { account, context } = new World('2027-01-25T10:00:00Z')
  const table = { tableName: 'unused', send: () => expect.unreachable('nothing is read') }
  const rules = meterRulesOn(openMeterStores(table, { now: () => context.now }), { rules: {}, loaders: {} })
  const circumstances = { storedVersion: account.version, known: new KnownEntries(), timely: [], given: {} }
  const suspend = { kind: 'suspend', reason: 'abuse' } as const
  await expect(rules.load(suspend, { account, context, ...circumstances })).rejects.toThrow(
    'suspend is a command of this function',
  )
})
