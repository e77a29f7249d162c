import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account } from '../../core/account/account.ts'
import { nextDueAt } from '../../core/advance.ts'
import { fromAccountItem, toAccountItem } from '../../lambdas/store/account-item.ts'
import { fromEntryItem, toEntryItem } from '../../lambdas/store/entry-item.ts'
import { accountKey, dueAtKey, dueShard, entryKey } from '../../lambdas/store/keys.ts'
import { marshallOptions } from '../../lambdas/store/sdk-table.ts'
import { anAccount } from '../support/arbitrary-account.ts'
import { eventfulWorld } from '../support/stored-world.ts'

/** Returns an item as the table returns it after a write. */
const writeAndRead = (item: object) => unmarshall(marshall(item, marshallOptions))

describe('an account', () => {
  test('comes back from its item as it was, whatever is in it', () => {
    fc.assert(
      fc.property(anAccount, (account) => {
        expect(fromAccountItem(writeAndRead(toAccountItem(account)))).toEqual(account)
      }),
      { numRuns: 300 },
    )
  })

  test('has its key, and is in the index of due accounts exactly when something will fall due', () => {
    fc.assert(
      fc.property(anAccount, (account) => {
        const item = writeAndRead(toAccountItem(account))
        const due = nextDueAt(account)
        expect(item).toMatchObject(accountKey(account.teamId))
        expect([item.dueShard, item.dueAt]).toEqual(
          due === undefined ? [undefined, undefined] : [dueShard(account.teamId), dueAtKey(due)],
        )
      }),
    )
  })

  test('with an unknown shape is refused', () => {
    const item = writeAndRead(toAccountItem(eventfulWorld().account))
    expect(() => fromAccountItem({ ...item, itemVersion: 3 })).toThrow('not 3')
    expect(() => fromAccountItem({ ...item, version: undefined })).toThrow('unknown shape')
    expect(() => fromAccountItem({ ...item, version: 2 ** 53 })).toThrow('unknown shape')
  })

  test('with nothing in it takes little room', () => {
    const { meters: _, lots: __, ...rest } = eventfulWorld().account
    const bare: Account = {
      ...rest,
      documents: 0,
      receipts: 0,
      teamVersion: 0,
      meters: {},
      lots: [],
      shortfall: [],
      limits: [],
      terms: [],
      dues: [],
    }
    expect(Object.keys(writeAndRead(toAccountItem(bare))).toSorted()).toEqual(
      [
        'at',
        'itemVersion',
        'openKey',
        'openShard',
        'period',
        'pk',
        'profile',
        'sk',
        'spendLimitUsdCents',
        'teamId',
        'version',
      ].toSorted(),
    )
  })
})

describe('an entry', () => {
  const { entries } = eventfulWorld()

  test('comes back from its item as it was, with its key and its team, whatever its kind', () => {
    for (const entry of entries) {
      const item = writeAndRead(toEntryItem(entry))
      expect(fromEntryItem(item)).toEqual(entry)
      expect(item).toMatchObject({ ...entryKey(entry), team: 'acme', version: entry.version })
    }
  })

  test('with an unknown shape is refused', () => {
    const [entry] = entries
    const item = entry === undefined ? {} : writeAndRead(toEntryItem(entry))
    for (const name of ['team', 'kind', 'version', 'at'])
      expect(() => fromEntryItem({ ...item, [name]: undefined })).toThrow('entry')
  })
})
