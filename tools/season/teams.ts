import { dayMs, hourMs, type Instant, secondMs } from '../../core/time/time.ts'
import { type SeededRandom, seededRandom } from '../sample/random.ts'
import { deadlineAt, firstDeadlineAt, launchAt, movedAt, oldPurchaseDays, seasonFrom } from './dates.ts'

export interface PlanChoice {
  readonly plan: 'free' | 'paid'
  readonly payAsYouGo?: boolean
  readonly spendLimitUsdCents?: number
}

/** An act of a team, or of an operator on it. */
export type Act =
  | { readonly do: 'buy'; readonly tokens: number }
  | { readonly do: 'plan'; readonly choice: PlanChoice }
  | { readonly do: 'hub' }
  | { readonly do: 'suspend' }
  | { readonly do: 'resume' }
  /** The result of the team's payments from now on. */
  | { readonly do: 'payments'; readonly behaviour: 'settle' | 'decline' }
  /** Pays the bill of December. */
  | { readonly do: 'pay' }

export interface DatedAct {
  readonly at: Instant
  readonly act: Act
}

export interface SeasonTeam {
  readonly teamId: string
  readonly kind: string
  readonly apps: readonly string[]
  /** Large teams use more at a time: 1 to 4. */
  readonly size: number
  /** In order. */
  readonly acts: readonly DatedAct[]
  /** Decides the team's work of each day. */
  readonly random: SeededRandom
}

interface Kind {
  readonly name: string
  readonly weight: number
  readonly acts: (random: SeededRandom) => readonly DatedAct[]
}

const noonOf = (day: Instant): Instant => Math.floor(day / dayMs) * dayMs + 12 * hourMs
/** Noon of a random day between two instants, both included. */
const noonBetween = (random: SeededRandom, from: Instant, to: Instant): Instant =>
  noonOf(from) + random.between(0, Math.floor((to - from) / dayMs)) * dayMs
const inGrace = (random: SeededRandom): Instant => noonBetween(random, launchAt, firstDeadlineAt - dayMs)
const early = (random: SeededRandom): Instant => noonBetween(random, launchAt, launchAt + 3 * dayMs)
const afterDeadline = (random: SeededRandom): Instant =>
  noonBetween(random, deadlineAt + dayMs, deadlineAt + 8 * dayMs)

const buy = (at: Instant, random: SeededRandom): DatedAct => ({
  at,
  act: { do: 'buy', tokens: 50 * random.between(2, 6) },
})
const comply = (at: Instant, choice: PlanChoice): readonly DatedAct[] => [
  { at, act: { do: 'plan', choice } },
  { at, act: { do: 'hub' } },
]
const free: PlanChoice = { plan: 'free' }
const flex: PlanChoice = { plan: 'paid' }
const payAsYouGo: PlanChoice = { plan: 'paid', payAsYouGo: true }

/** The first teams are one of each kind. The weights give the probabilities for the others. */
export const kinds: readonly Kind[] = [
  {
    name: 'bought before the launch',
    weight: 14,
    acts: (random) => [
      buy(noonBetween(random, seasonFrom, launchAt - 2 * dayMs), random),
      ...comply(early(random), flex),
    ],
  },
  { name: 'free', weight: 30, acts: (random) => comply(inGrace(random), free) },
  {
    name: 'Flex',
    weight: 16,
    acts: (random) => {
      const at = inGrace(random)
      return [buy(at, random), ...comply(at, flex)]
    },
  },
  { name: 'pay-as-you-go', weight: 10, acts: (random) => comply(inGrace(random), payAsYouGo) },
  {
    name: 'pay-as-you-go with a limit',
    weight: 8,
    acts: (random) =>
      comply(inGrace(random), { ...payAsYouGo, spendLimitUsdCents: 1_500 * random.between(2, 8) }),
  },
  {
    name: 'payments fail',
    weight: 3,
    acts: (random) => [
      { at: seasonFrom, act: { do: 'payments', behaviour: 'decline' } },
      ...comply(early(random), payAsYouGo),
      // A week after the last retry.
      { at: noonOf(firstDeadlineAt + 7 * dayMs), act: { do: 'payments', behaviour: 'settle' } },
      { at: noonOf(firstDeadlineAt + 7 * dayMs), act: { do: 'pay' } },
    ],
  },
  { name: 'one second early', weight: 4, acts: () => comply(deadlineAt - secondMs, free) },
  { name: 'one second late', weight: 4, acts: () => comply(deadlineAt + secondMs, free) },
  {
    name: 'days late',
    weight: 8,
    acts: (random) => {
      const at = afterDeadline(random)
      return random.chance(500) ? comply(at, free) : [buy(at, random), ...comply(at, flex)]
    },
  },
  { name: 'never', weight: 12, acts: () => [] },
  {
    name: 'old tokens',
    weight: 5,
    acts: (random) => [...oldPurchaseDays.map((day) => buy(day, random)), ...comply(early(random), flex)],
  },
  {
    name: 'half',
    weight: 6,
    acts: (random) => {
      const [first, second] = random.chance(500) ? comply(0, free) : comply(0, free).toReversed()
      if (first === undefined || second === undefined) return []
      const half = { ...first, at: noonBetween(random, movedAt, deadlineAt - 2 * dayMs) }
      return random.chance(400) ? [half] : [half, { ...second, at: afterDeadline(random) }]
    },
  },
]

/**
 * Makes the teams of a season. The same seed gives the same teams; the first ones do not depend on the number
 * of teams.
 */
export function seasonTeams(count: number, seed: number): readonly SeasonTeam[] {
  return Array.from({ length: count }, (_, index) => seasonTeam(index, seed))
}

function seasonTeam(index: number, seed: number): SeasonTeam {
  const random = seededRandom(Math.imul(seed, 1_000_003) + index * 7_919)
  const kind = kinds[index] ?? random.weighted(kinds)
  const teamId = `team-${String(index + 1).padStart(4, '0')}`
  const apps = Array.from({ length: random.between(1, 3) }, (_, app) => `${teamId}-app-${app + 1}`)
  const acts = [...kind.acts(random), ...overlays(index, kind, random)].toSorted(
    (first, second) => first.at - second.at,
  )
  return { teamId, kind: kind.name, apps, size: random.between(1, 4), acts, random }
}

/**
 * Optional acts for a team of any kind: operators suspend it for some days, or a free team has a paid plan
 * for some weeks.
 */
function overlays(index: number, kind: Kind, random: SeededRandom): readonly DatedAct[] {
  const acts: DatedAct[] = []
  if (index === 1 || random.chance(50)) {
    const at = noonBetween(random, launchAt - 20 * dayMs, deadlineAt)
    const until = at + random.between(2, 8) * dayMs
    acts.push({ at, act: { do: 'suspend' } }, { at: until, act: { do: 'resume' } })
  }
  if (kind.name === 'free' && random.chance(200)) {
    const at = noonBetween(random, firstDeadlineAt, firstDeadlineAt + 10 * dayMs)
    const until = at + random.between(2, 12) * dayMs
    acts.push(
      { at, act: { do: 'plan', choice: payAsYouGo } },
      { at: until, act: { do: 'plan', choice: free } },
    )
  }
  return acts
}
