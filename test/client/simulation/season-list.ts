import { dayMs } from '../../../core/time/time.ts'
import { type CardChange, unrated } from './card.ts'
import type { Chance } from './chance.ts'
import { chargeBack, payChargeBack } from './overdue.ts'
import type { Team } from './team.ts'

/** Something that happens to the first team during a run. */
export interface Act {
  readonly at: number
  readonly act: (team: Team) => void
}

/** The parts of a season that differ. */
export interface SeasonParts {
  /** An instant in the run's middle part. */
  readonly boundary?: string
  /** The meters whose use before the boundary counts or costs differently from that after it. */
  readonly turns?: readonly string[]
  readonly cardChange?: CardChange
  /** Days from the team's start until the run; none without it. */
  readonly daysBefore?: number
  readonly meters?: readonly string[]
  /** Number of apps; one without it. */
  readonly apps?: number
  readonly isInHub?: boolean
  readonly isExact?: boolean
  readonly runsOut?: boolean
  readonly found: (team: Team) => void
  readonly acts?: readonly Act[]
}

const plenty = 1_000_000
const paid = { kind: 'choose-plan', plan: 'paid', payAsYouGo: false } as const
const free = { kind: 'choose-plan', plan: 'free', payAsYouGo: false } as const
export const usualStart = '2027-02-10T10:00:00Z'
const monthEnd = '2027-03-01T00:00:00Z'
const midnight = '2027-02-11T00:00:00Z'
const deadline = '2026-01-17T00:00:00Z'

/** Makes the team of a season, and everything that happens to it, by the season's name. */
export const seasons = {
  plenty: () => ({ found: foundPaid(plenty), isExact: true }),
  'running out': (chance) => ({
    found: foundPaid(chance.whole(0, 500)),
    isExact: true,
    runsOut: true,
  }),
  purchase: (chance, lengthMs) => ({
    found: foundPaid(chance.whole(0, 200)),
    isExact: true,
    acts: [0.3, 0.5, 0.7].map((part) => ({
      at: part * lengthMs,
      act: (team: Team) => team.buy(chance.whole(1, 300)),
    })),
  }),
  'month end of a free plan': (chance) => ({
    boundary: monthEnd,
    turns: ['calls', 'pages'],
    found: (team: Team) => void team.run(free, team.context),
    meters: chance.isTrue(0.5) ? ['calls'] : ['calls', 'pages', unrated],
  }),
  'month end of a paid plan': () => ({
    boundary: monthEnd,
    turns: ['calls', 'pages'],
    found: foundPaid(plenty),
    meters: ['calls', 'pages', unrated],
  }),
  'end of a paid plan': () => ({
    boundary: monthEnd,
    turns: ['calls', 'pages'],
    found: (team: Team) => {
      foundPaid(3_000)(team)
      team.passTo(team.now + 1)
      team.run(free, team.context)
    },
    meters: ['calls', 'pages'],
  }),
  'start of a paid plan': (chance, lengthMs) => ({
    found: (team: Team) => void team.run(free, team.context),
    meters: ['calls', 'pages'],
    acts: [
      {
        at: chance.between(0, lengthMs),
        act: (team: Team) => {
          team.buy(500)
          team.run(paid, team.context)
        },
      },
    ],
  }),
  'expiry of a lot': (chance) => ({
    boundary: midnight,
    isExact: true,
    runsOut: true,
    found: (team: Team) => {
      team.buy(chance.whole(100, 2_000), 365 * dayMs)
      foundPaid(chance.whole(0, 300))(team)
    },
  }),
  'deadline without a hub': (chance, lengthMs) => ({
    boundary: deadline,
    isInHub: false,
    found: foundPaid(plenty),
    isExact: true,
    acts: [{ at: lengthMs * chance.between(0.7, 1), act: (team: Team) => team.addApp('first') }],
  }),
  'deadline without a plan': (chance, lengthMs) => ({
    boundary: deadline,
    found: () => {},
    meters: ['calls', 'pages', unrated],
    acts: [{ at: lengthMs * chance.between(0.7, 1), act: (team: Team) => void team.run(free, team.context) }],
  }),
  suspension: (chance, lengthMs) => ({
    found: foundPaid(plenty),
    isExact: true,
    acts: [
      {
        at: lengthMs * chance.between(0.1, 0.5),
        act: (team: Team) => void team.run({ kind: 'suspend', reason: 'a check' }, team.context),
      },
      {
        at: lengthMs * chance.between(0.5, 1),
        act: (team: Team) => void team.run({ kind: 'resume' }, team.context),
      },
    ],
  }),
  'limit of an app': (chance, lengthMs) => ({
    found: (team: Team) => {
      foundPaid(plenty)(team)
      limit(team, chance.whole(100, 1_000))
    },
    isExact: true,
    acts: [
      { at: lengthMs * 0.3, act: (team: Team) => limit(team, chance.whole(1, 300)) },
      { at: lengthMs * 0.7, act: (team: Team) => limit(team, chance.whole(300, 2_000)) },
    ],
  }),
  'pay-as-you-go': (chance, lengthMs) => ({
    meters: ['pages', 'calls'],
    found: (team: Team) => {
      team.buy(chance.whole(0, 1) * 300)
      team.run({ ...paid, payAsYouGo: true, spendLimitUsdCents: chance.whole(0, 40) }, team.context)
    },
    acts: [
      {
        at: lengthMs * chance.between(0, 1),
        act: (team: Team) =>
          void team.run({ ...paid, payAsYouGo: true, spendLimitUsdCents: 60 }, team.context),
      },
    ],
  }),
  'a payment overdue': (chance, lengthMs) => ({
    boundary: midnight,
    daysBefore: 15,
    found: (team: Team) => {
      team.run(paid, team.context)
      chargeBack(team, Date.parse(midnight))
      team.buy(plenty)
    },
    acts: [{ at: lengthMs * chance.between(0.7, 1), act: payChargeBack }],
  }),
  'end of a meter': () => ({
    boundary: midnight,
    turns: ['calls'],
    cardChange: { at: Date.parse(midnight), change: 'ended' },
    meters: ['calls', 'calls', 'pages', 'unknown'],
    found: foundPaid(plenty),
  }),
  'many apps': (chance) => ({
    apps: chance.whole(2, 130),
    meters: ['calls', 'pages'],
    found: foundPaid(plenty),
  }),
  'a dearer card': (chance) => ({
    boundary: midnight,
    turns: ['calls', 'pages'],
    cardChange: { at: Date.parse(midnight), change: 'dearer' },
    meters: ['calls', 'pages'],
    found: foundPaid(chance.whole(200, 5_000)),
  }),
} satisfies Record<string, (chance: Chance, lengthMs: number) => SeasonParts>

export type SeasonName = keyof typeof seasons

export const seasonNames: readonly [SeasonName, ...SeasonName[]] = [
  'plenty',
  'running out',
  'purchase',
  'month end of a free plan',
  'month end of a paid plan',
  'end of a paid plan',
  'start of a paid plan',
  'expiry of a lot',
  'deadline without a hub',
  'deadline without a plan',
  'suspension',
  'limit of an app',
  'pay-as-you-go',
  'a payment overdue',
  'end of a meter',
  'many apps',
  'a dearer card',
]

/** Puts a team on the paid plan, with thousandths of tokens. */
export function foundPaid(milliTokens: number): (team: Team) => void {
  return (team) => {
    if (milliTokens > 0) team.buy(milliTokens)
    team.run(paid, team.context)
  }
}

/** A limit counts from the start what was used before; the first one is set before any use. */
function limit(team: Team, perPeriod: number): void {
  const use = { used: 0, held: [] }
  team.run({ kind: 'limit-app', appId: 'first', meter: 'calls', perPeriod }, { ...team.context, use })
}
