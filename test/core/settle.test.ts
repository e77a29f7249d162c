import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account } from '../../core/account/account.ts'
import type { SettledRow } from '../../core/commands/settle.ts'
import { decide } from '../../core/decide.ts'
import type { Authorization, Entry, EntryOf } from '../../core/journal/entry.ts'
import { propertyRuns } from '../support/property-runs.ts'
import { World } from '../support/world.ts'

const meter = 'automation-autocad'

function paidWorld(tokens: number): World {
  const world = new World('2027-01-25T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: false })
  world.buy(tokens)
  return world
}

/** Decides rows in one settlement, on authorizations that were stored before. */
function settle(
  world: World,
  rows: readonly SettledRow[],
  grants = new Map<string, EntryOf<'authorization'>>(),
) {
  const decided = decide(
    world.account,
    { kind: 'settle', rows },
    {
      ...world.context,
      apps: new Map([['app', world.app]]),
      grants,
      authorizations: new Map(world.authorizations),
    },
  )
  if ('refused' in decided) throw new Error(decided.code)
  return decided
}

const authorizeRow = (authorizationId: string, quantity: number) =>
  ({ kind: 'authorize', authorizationId, appId: 'app', meter, quantity, holdSeconds: 3_600 }) as const
const captureRow = (authorizationId: string, used: number, isFinal = false) =>
  ({ kind: 'capture', authorizationId, used, isFinal }) as const

/** The same rows one by one, each as a single command on the account that the one before leaves. */
function oneByOne(world: World, rows: readonly SettledRow[]) {
  let account: Account = world.account
  const entries: Entry[] = []
  const answers: unknown[] = []
  const grants = new Map<string, EntryOf<'authorization'>>()
  const latest = new Map<string, Authorization>(world.authorizations)
  const keep = (decided: { readonly account: Account; readonly entries: readonly Entry[] }) => {
    account = decided.account
    entries.push(...decided.entries)
    for (const entry of decided.entries) {
      if (entry.kind === 'authorization') grants.set(entry.authorization.authorizationId, entry)
      if (entry.kind === 'authorization' || entry.kind === 'capture')
        latest.set(entry.authorization.authorizationId, entry.authorization)
    }
  }
  const authorizeAlone = (row: Extract<SettledRow, { kind: 'authorize' }>) => {
    const grant = grants.get(row.authorizationId)
    const now = latest.get(row.authorizationId)
    const earlier = grant && now && { earlier: { grant, latest: now } }
    const decided = decide(account, row, { ...world.context, app: world.app, ...earlier })
    if (!('refused' in decided)) keep(decided)
    return { asked: row, decided: 'refused' in decided ? decided : decided.answer }
  }
  for (const row of rows) {
    if (row.kind === 'authorize') {
      answers.push({ kind: 'authorize', ...authorizeAlone(row) })
      continue
    }
    const { renew, ...command } = row
    const authorization = latest.get(row.authorizationId)
    if (authorization === undefined) {
      answers.push({ kind: 'unknown' })
      continue
    }
    const isFinal = command.isFinal || renew !== undefined
    const captured = decide(
      account,
      { ...command, isFinal },
      { ...world.context, authorization, app: world.app },
    )
    if ('refused' in captured) throw new Error(captured.code)
    keep(captured)
    const { appId, meter } = authorization
    const renewed = renew && { renewed: authorizeAlone({ kind: 'authorize', appId, meter, ...renew }) }
    answers.push({ kind: 'capture', captured: captured.answer, ...renewed })
  }
  return { account, entries, answers }
}

describe('a settlement', () => {
  test('gives the account, the entries and the answers of its rows sent one by one', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    const quantity = fc.integer({ min: 1, max: 2_000 })
    const row = fc.oneof(
      fc.record({ id, quantity }).map((asked) => authorizeRow(asked.id, asked.quantity)),
      fc
        .record({ id, used: fc.nat(2_500), isFinal: fc.boolean() })
        .map(({ id, used, isFinal }) => captureRow(id, used, isFinal)),
      fc.record({ id, used: fc.nat(2_500), next: id, quantity, quantityMin: fc.nat(400) }).map((renewal) => ({
        ...captureRow(renewal.id, renewal.used),
        renew: {
          authorizationId: renewal.next,
          quantity: renewal.quantity,
          holdSeconds: 60,
          ...(renewal.quantityMin > 0 && { quantityMin: Math.min(renewal.quantityMin, renewal.quantity) }),
        },
      })),
    )
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (rows, tokens) => {
          const world = paidWorld(tokens)
          const settled = settle(world, rows)
          const alone = oneByOne(world, rows)
          expect(settled.answer).toEqual(alone.answers)
          expect(settled.entries).toEqual(alone.entries)
          expect(settled.account).toEqual(alone.account)
        },
      ),
      propertyRuns(400),
    )
  })

  test('renews an authorization on what its capture gives back', () => {
    const world = paidWorld(1)
    const asked = world.ask(meter, 720)
    if (!('id' in asked)) throw new Error(asked.code)
    const renew = { authorizationId: 'next', quantity: 720, holdSeconds: 60 }
    const { answer, entries } = settle(world, [{ ...captureRow(asked.id, 0), renew }])
    expect(entries.map(({ kind }) => kind)).toEqual(['capture', 'authorization'])
    expect(answer).toMatchObject([
      {
        kind: 'capture',
        captured: { isClosed: true, authorization: { closed: true, held: 0 } },
        renewed: {
          decided: { entry: { authorization: { authorizationId: 'next', appId: 'app', meter, held: 720 } } },
        },
      },
    ])
  })

  test('captures although the renewal is denied', () => {
    const world = paidWorld(1)
    const asked = world.ask(meter, 720)
    if (!('id' in asked)) throw new Error(asked.code)
    const renew = { authorizationId: 'next', quantity: 720, holdSeconds: 60 }
    const settled = settle(world, [{ ...captureRow(asked.id, 720), renew }])
    expect(settled.entries.map(({ kind }) => kind)).toEqual(['capture'])
    expect(settled.isPartial).toBe(true)
    expect(settled.answer).toMatchObject([
      { captured: { authorization: { used: 720 } }, renewed: { decided: { code: 'TOKENS_EXHAUSTED' } } },
    ])
  })

  test('is whole where every row makes an entry, and partial where one is refused, repeated or unknown', () => {
    const partialAfter = (...rows: SettledRow[]) =>
      settle(paidWorld(3), [authorizeRow('a', 5), ...rows]).isPartial ?? false
    expect(partialAfter(captureRow('a', 5))).toBe(false)
    expect(partialAfter(authorizeRow('b', 720 * 9))).toBe(true)
    expect(partialAfter(captureRow('a', 0))).toBe(true)
    expect(partialAfter(authorizeRow('a', 5))).toBe(true)
    expect(partialAfter(captureRow('z', 5))).toBe(true)
  })
})
