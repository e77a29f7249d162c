import { describe, expect, test } from 'vitest'
import { changeKindOf, type Member, removeMember } from '../../core/account/members.ts'
import { activityOf, askedKinds } from '../../core/journal/activity.ts'
import type { Entry, EntryBody } from '../../core/journal/entry.ts'
import { entryKinds } from '../../core/journal/statement.ts'
import { World } from '../support/world.ts'

const member = (memberId: string, changes: Partial<Member> = {}): Member => {
  return { memberId, email: `${memberId}@example.com`, role: 'developer', since: 1, ...changes }
}
const sora = member('sora')
const invited = member('sora', { isInvited: true })
const other = 'aoi@example.com'

test.each([
  ['nothing', { before: sora, after: sora }, other, undefined],
  ['a new member', { after: invited }, other, 'member-invited'],
  ['an invitation taken back by an admin', { before: invited }, other, 'invitation-withdrawn'],
  ['an invitation refused by the person', { before: invited }, sora.email, 'invitation-declined'],
  ['a member who is removed', { before: sora }, other, 'member-removed'],
  ['a member who leaves', { before: sora }, sora.email, 'member-left'],
  ['an invitation that is accepted', { before: invited, after: sora }, sora.email, 'member-joined'],
  ['another role', { before: sora, after: member('sora', { role: 'admin' }) }, other, 'member-role-changed'],
  [
    'another role of an invited person',
    { before: invited, after: member('sora', { role: 'admin', isInvited: true }) },
    other,
    'member-role-changed',
  ],
  [
    'another address',
    { before: sora, after: member('sora', { email: 'new@example.com', isInvited: true }) },
    other,
    'member-replaced',
  ],
  ['no caller’s address', { before: sora }, undefined, 'member-removed'],
] as const)('the change of %s has its name', (_, change, byEmail, kind) => {
  expect(changeKindOf(change, byEmail)).toBe(kind)
})

test('only an operator removes the last admin', () => {
  const admin = member('aoi', { role: 'admin' })
  expect(removeMember([admin, sora], 'aoi')).toMatchObject({ code: 'LAST_ADMIN' })
  expect(removeMember([admin, sora], 'aoi', 'operator')).toEqual({ before: admin })
})

describe('an act', () => {
  const entryOf = (body: object, actor?: string): Entry =>
    ({ teamId: 'acme', version: 3, at: 7, ...(actor !== undefined && { actor }), ...body }) as Entry
  const targets: readonly (readonly [EntryBody['kind'], object, string])[] = [
    ['app-moved', { appId: 'viewer' }, 'viewer'],
    ['limit-set', { appId: 'viewer' }, 'viewer'],
    ['budget-made', { budgetId: 'b1' }, 'b1'],
    ['budget-revoked', { budgetId: 'b1' }, 'b1'],
    ['purchase', { purchaseId: 'p1' }, 'p1'],
    ['payment-requested', { purchaseId: 'p1' }, 'p1'],
    ['purchase-given-up', { purchaseId: 'p1' }, 'p1'],
    ['payment', { paymentId: 'x' }, 'x'],
    ['reversal', { reversalId: 'r' }, 'r'],
    ['adjustment', { adjustmentId: 'a' }, 'a'],
  ]

  test.each(targets)('%s names its target', (kind, fields, targetId) => {
    expect(activityOf(entryOf({ kind, ...fields }, 'sora'))).toStrictEqual({
      at: 7,
      actor: 'sora',
      kind,
      targetId,
    })
  })

  const plain = [
    'team-changed',
    'hub-named',
    'plan-changed',
    'subscriptions-changed',
    'suspended',
    'resumed',
  ] as const
  test.each(plain)('%s has no target', (kind) => {
    expect(activityOf(entryOf({ kind }, 'sora'))).toStrictEqual({ at: 7, actor: 'sora', kind })
  })

  test('is asked for by a person: work of services and of time is none, nor is an entry without an actor', () => {
    const acts = new Set<string>([...targets.map(([kind]) => kind), ...plain])
    expect(new Set<string>(askedKinds)).toEqual(acts)
    for (const kind of entryKinds)
      if (!acts.has(kind)) expect(activityOf(entryOf({ kind }, 'sora'))).toBeUndefined()
    expect(activityOf(entryOf({ kind: 'resumed' }))).toBeUndefined()
  })
})

describe('a team’s details', () => {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' } as const
  const change = (world: World, today: string, name: string, changes: object = {}) =>
    world.decide(
      { kind: 'register-team', name, profile: { ...profile, ...changes } },
      { ...world.context, today },
    )
  const versionOf = (world: World) => [world.account.version, world.account.teamVersion]

  test('have a new version with another name or country, and keep it with another payment method', () => {
    const world = new World('2027-03-10T09:00:00Z')
    expect(versionOf(world)).toEqual([1, 1])
    change(world, 'acme', 'acme', { paymentMethod: 'paypal' })
    expect(versionOf(world)).toEqual([2, 1])
    change(world, 'acme', 'Acme Two', { paymentMethod: 'paypal' })
    expect(versionOf(world)).toEqual([3, 3])
    change(world, 'Acme Two', 'Acme Two', { country: 'JP', paymentMethod: 'paypal' })
    expect(versionOf(world)).toEqual([4, 4])
    expect(world.entries.at(-1)).not.toHaveProperty('paidShortfall')
  })

  test('that make pay-as-you-go eligible again pay shortfall', () => {
    const world = new World('2027-03-10T09:00:00Z')
    world.plan({ plan: 'paid', payAsYouGo: true })
    change(world, 'acme', 'acme', { paymentMethod: 'none' })
    world.use('automation-autocad', 720)
    expect(world.account.shortfall).toMatchObject([{ units: 1 }])
    const { version: pays } = world.account
    change(world, 'acme', 'acme')
    const charge = { source: 'pay-as-you-go', meter: 'automation-autocad', units: 1, usdCents: 300 }
    expect(world.entries.at(-1)).toMatchObject({
      kind: 'team-changed',
      paidShortfall: [{ ...charge, period: '2027-03', pays }],
    })
    expect(world.account.shortfall).toEqual([])
  })
})
