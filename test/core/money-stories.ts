import fc from 'fast-check'
import { JournalAudit } from '../../audit/journal.ts'
import { paidForOf } from '../../core/account/dues.ts'
import { nextDueAt } from '../../core/advance.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { World } from '../support/world.ts'
import { anything, catalog, run } from './random-steps.ts'

/* Random stories of a team whose use is reversed, whose purchases are refunded and charged back, and whose bills are paid. */

const moneyStep = fc.oneof(
  fc.record({ do: fc.constant('reverse' as const), which: fc.nat(9) }),
  fc.record({
    do: fc.constant('take-back' as const),
    which: fc.nat(9),
    status: fc.constantFrom('refunded' as const, 'charged-back' as const),
  }),
  fc.record({
    do: fc.constant('pay' as const),
    which: fc.nat(3),
    status: fc.constantFrom(
      'settled' as const,
      'settled' as const,
      'failed' as const,
      'charged-back' as const,
    ),
  }),
)
type MoneyStep = typeof moneyStep extends fc.Arbitrary<infer Step> ? Step : never
type Step = MoneyStep | Parameters<typeof run>[1][number]

/** A story of up to `maxLength` steps. */
export const storyOf = (maxLength: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: anything as fc.Arbitrary<Step> },
      { weight: 1, arbitrary: moneyStep as fc.Arbitrary<Step> },
    ),
    { minLength: 1, maxLength, size: 'max' },
  )

/** All prices in money rise on the 20th of January, so that a month has lines of two prices. */
export const dearer: Catalog = {
  ...catalog,
  rateCards: [
    ...catalog.rateCards,
    {
      version: 'dearer',
      effectiveAt: Date.parse('2027-01-20T00:00:00Z'),
      meters: catalog.rateCards.flatMap(({ meters }) =>
        meters.map((rate) => ({ ...rate, usdCentsPerUnit: rate.usdCentsPerUnit + 100 })),
      ),
    },
  ],
}

/** Plays a story. Returns the problems that the audit finds after any step: in the fold, the lots, the units or the bills. */
export function problemsOf(story: readonly Step[]): readonly string[] {
  const world = new World('2027-01-10T10:00:00Z', dearer)
  world.plan({ plan: 'paid', payAsYouGo: story.length % 2 === 0 })
  const audit = new JournalAudit(world.account.teamId)
  let audited = 0
  for (const step of story) {
    take(world, step)
    const wrong = world.entries.slice(audited).flatMap((entry) => audit.add(entry))
    // Time alone changes an account without an entry; the next entry includes that.
    const isStored = audited < world.entries.length && step.do !== 'pass'
    audited = world.entries.length
    if (isStored) wrong.push(...audit.check(world.account, nextDueAt(world.account)))
    wrong.push(...impossible(world))
    if (wrong.length > 0) return wrong
  }
  return []
}

function impossible({ account }: World): readonly string[] {
  const { lots, dues, creditUsdCents, carriedUsdCents } = account
  const lotsWrong = lots.filter(({ remaining, milliTokens }) => remaining <= 0 || remaining > milliTokens)
  return [
    ...lotsWrong.map(({ lotId, remaining }) => `lot ${lotId} has ${remaining}`),
    ...dues.filter(({ usdCents }) => usdCents <= 0).map(({ dueId, usdCents }) => `${dueId} is ${usdCents}`),
    ...(creditUsdCents < 0 ? [`the credit is ${creditUsdCents}`] : []),
    ...(carriedUsdCents < 0 ? [`${carriedUsdCents} are carried`] : []),
  ]
}

/** Makes a step of a story in a world. */
export function take(world: World, step: Step): void {
  switch (step.do) {
    case 'reverse': {
      const uses = world.entries.filter(({ kind }) => kind === 'usage' || kind === 'capture')
      const use = uses[step.which % Math.max(1, uses.length)]
      if (use !== undefined) world.reverse(use)
      break
    }
    case 'take-back': {
      const granted = world.entries.filter((entry) => entry.kind === 'lot-granted')
      const lot = granted[step.which % Math.max(1, granted.length)]
      if (lot?.kind === 'lot-granted') world.takeBack(lot.lot.lotId, step.status)
      break
    }
    case 'pay':
      pay(world, step)
      break
    default:
      run(world, [step])
  }
}

/** Reports a result for one of the dues that there are or were, under the payment that paid it or a new one. */
function pay(world: World, { which, status }: Extract<MoneyStep, { do: 'pay' }>): void {
  const billed = world.entries.flatMap((entry) =>
    entry.kind === 'period-closed' ? [`invoice:${entry.period}`] : [],
  )
  const names = [...new Set([...billed, ...world.account.dues.map(({ dueId }) => dueId)])]
  const dueId = names[which % Math.max(1, names.length)]
  if (dueId === undefined) return
  const paidFor = paidForOf(dueId)
  const payments = world.entries.filter(
    (entry): entry is EntryOf<'payment'> =>
      entry.kind === 'payment' && JSON.stringify(entry.paidFor) === JSON.stringify(paidFor),
  )
  const due = world.account.dues.find((other) => other.dueId === dueId)
  const payable = payments.at(-1)?.payable ?? ({ status: due === undefined ? 'paid' : 'pending' } as const)
  const paymentId = status === 'charged-back' ? (payable.paidBy ?? 'none') : `pay-${payments.length}`
  const latest = payments.findLast((payment) => payment.paymentId === paymentId)
  world.decide(
    { kind: 'take-payment', paymentId, paidFor, status },
    { ...world.context, target: { payable, usdCents: due?.usdCents ?? 0 }, ...(latest && { latest }) },
  )
}
