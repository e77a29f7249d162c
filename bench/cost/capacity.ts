import limitTable from '../limits.json' with { type: 'json' }
import { functionSecondsOf, quantitiesOf, timesOf } from './bill.ts'
import type { Fleet } from './fleet.ts'
import type { Counts } from './operation-counts.ts'

export type LimitName = keyof typeof limitTable.limits

export interface Load {
  readonly limit: LimitName
  /** The fleet's demand at the busiest moment, in the unit of the limit. */
  readonly demand: number
  /** Number of such fleets that fit under the limit. */
  readonly fits: number
}

/**
 * Assumed shape of a month: all work falls into working hours, and the busiest second has three times the
 * average.
 */
const busyHours = 220
const busySeconds = busyHours * 3_600
const peak = 3
/** Share of all calls that the busiest team makes. */
const busiestShare = 0.05
/** Admins of a team who receive a mail at the end of a month or when a campaign addresses every team. */
const mailsPerTeam = 2
/** Share of people who sign in within the same minute after such a mail. */
const signInShare = 0.05
/** Share of the month's bus events that fall into the hour in which a month ends. */
const monthTurnShare = 0.5

/** The fleet's demand on each limit. The limit that it reaches first is on top. */
export function capacityOf(fleet: Fleet, counts: Counts): readonly Load[] {
  const times = timesOf(fleet)
  const { writeUnits, invocations, httpRequests } = quantitiesOf(fleet, counts)
  const seconds = functionSecondsOf(fleet)
  const perSecond = (ofMonth: number) => (ofMonth / busySeconds) * peak
  const demand: Readonly<Record<LimitName, number>> = {
    routeCalls: perSecond(Math.max(times.authorizations, times.balances)),
    usageRequests: perSecond(times.usageRequests),
    apiCalls: perSecond(httpRequests),
    // A tenth of the requests is a second lower bound.
    concurrency: Math.max(perSecond(seconds.calls + seconds.background), perSecond(invocations) / 10),
    freshTable: perSecond(writeUnits),
    tableWrites: perSecond(writeUnits),
    accountTransactions: perSecond(times.authorizations * 2) * busiestShare,
    changedTeams: perSecond(times.catchUps + times.largeCatchUps),
    closedMonths: fleet.teams,
    mailsPerDay: fleet.teams * mailsPerTeam,
    signIns: (fleet.people * signInShare) / 60,
    busEvents: (fleet.notifiedEvents * monthTurnShare) / 3_600,
  }
  return (Object.keys(demand) as LimitName[])
    .map((limit) => ({
      limit,
      demand: demand[limit],
      fits: limitTable.limits[limit].value / demand[limit],
    }))
    .toSorted((a, b) => a.fits - b.fits)
}

/** The sweep at four times its pace, with as much more memory, writes about 8,000 units a second. */
const raisedPace = 4

/** The capacity of one Region: on its first day, and once the table is warm and our settings are raised. */
export function ceilingsOf(fleet: Fleet, counts: Counts) {
  const { limits } = limitTable
  const unitsPerEvent = counts.usageRequest.writeUnits / fleet.eventsPerRequest
  const callsPerPair = fleet.callsPerAuthorization
  const pairsOf = (calls: number) => calls / 2
  const eventsOf = (units: number) => units / unitsPerEvent
  const pairUnits = counts.authorization.writeUnits + counts.capture.writeUnits
  return [
    {
      what: 'decisions/s (authorizations)',
      firstDay: Math.min(limits.routeCalls.value, limits.freshTable.value / pairUnits),
      raised: Math.min(pairsOf(limits.apiCalls.value), limits.tableWrites.value / pairUnits),
    },
    {
      what: `calls/s, with ${callsPerPair.toLocaleString('en')} in each authorization`,
      firstDay: Math.min(limits.routeCalls.value, limits.freshTable.value / pairUnits) * callsPerPair,
      raised: Math.min(pairsOf(limits.apiCalls.value), limits.tableWrites.value / pairUnits) * callsPerPair,
    },
    {
      what: 'calls/s of one team, with as many in each',
      firstDay: pairsOf(limits.accountTransactions.value) * callsPerPair,
      raised: pairsOf(limits.accountTransactions.value) * callsPerPair * 10,
    },
    {
      what: 'usage events/s',
      firstDay: Math.min(limits.usageRequests.value * 1_000, eventsOf(limits.freshTable.value)),
      raised: eventsOf(limits.tableWrites.value),
    },
    {
      what: 'teams whose month closes within a day',
      firstDay: limits.closedMonths.value * 24,
      raised: limits.closedMonths.value * 24 * raisedPace,
    },
  ] as const
}

const sizes = [1, 10, 100] as const

/** Both tables as Markdown. */
export function toCapacityText(fleet: Fleet, counts: Counts): string {
  const rows = capacityOf(fleet, counts).map(({ limit, demand, fits }) => {
    const { what, value, unit, kind, raise } = limitTable.limits[limit]
    const shares = sizes.map((size) => (size <= fits ? percent(size / fits) : `**${percent(size / fits)}**`))
    const bound = `${number(value)} ${unit}, ${kind}`
    return [what, bound, number(demand), ...shares, `${number(Math.floor(fits))}×`, raise]
  })
  const ceilings = ceilingsOf(fleet, counts).map(({ what, firstDay, raised }) => [
    what,
    number(rounded(firstDay)),
    number(rounded(raised)),
  ])
  const { region, enteredOn } = limitTable
  return [
    'What one Region holds:',
    table([
      ['', 'on the first day', "warm, with settings raised and AWS's default quotas"],
      ['---', '---:', '---:'],
      ...ceilings,
    ]),
    'How much of each limit the described fleet needs at its busiest moment, the first that is reached on top:',
    table([
      ['what', 'limit', 'needs', ...sizes.map((size) => `${size}×`), 'full at', 'then raise'],
      ['---', '---', '---:', '---:', '---:', '---:', '---:', '---'],
      ...rows,
    ]),
    `Assumed: a month's work falls into ${busyHours} hours, its busiest second is ${peak} times as busy, the busiest team makes ${percent(busiestShare)} ` +
      `of all calls, ${mailsPerTeam} people of a team get mail, and ${percent(signInShare)} of the people sign in within one minute.`,
    `Limits of a new account in ${region}, entered on ${enteredOn}; sources in \`bench/limits.json\`.`,
  ].join('\n\n')
}

const table = (rows: readonly (readonly string[])[]) =>
  rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const number = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 })

/** Two digits: a ceiling is not a promise. */
const rounded = (value: number) => Number(value.toPrecision(2))

function percent(share: number): string {
  const value = share * 100
  return value < 1 ? '< 1 %' : `${Math.round(value).toLocaleString('en')} %`
}
