import { dayMs } from '../../../core/time/time.ts'
import { catalogWith } from './card.ts'
import type { Chance } from './chance.ts'
import { type Act, foundPaid, type SeasonParts, seasonNames, seasons, usualStart } from './season-list.ts'
import { type OnEntries, Team } from './team.ts'

export interface Use {
  readonly appId: string
  readonly meter: string
  /** True if no event of the use is rejected. */
  readonly isStable: boolean
}

/** The teams of a run, and what time and people do to them meanwhile. */
export interface Season {
  readonly name: string
  readonly start: number
  readonly uses: readonly [Use, ...Use[]]
  readonly acts: readonly Act[]
  readonly makeTeams: (onEntries: OnEntries) => readonly Team[]
  /** True if the team has so little that a few calls more use it up. */
  readonly runsOut: boolean
  /** A turn of month, plan or card, before which open use of its meters is to be reported. */
  readonly turn?: { readonly at: number; readonly meters: readonly string[] }
}

/** A season by chance. Some runs have a second team, whose rows travel in the same requests. */
export function seasonOf(chance: Chance, lengthMs: number, name = chance.pick(seasonNames)): Season {
  const parts: SeasonParts = seasons[name](chance, lengthMs)
  const { boundary, cardChange, meters = ['calls'], isInHub = true, isExact = false, daysBefore = 0 } = parts
  const earlierMs = boundary === undefined ? 0 : lengthMs * chance.between(0.3, 0.7)
  const start = Math.floor(Date.parse(boundary ?? usualStart) - earlierMs)
  const catalog = catalogWith(cardChange)
  const hasOther = chance.isTrue(0.2)
  const appIds = ['first', ...Array.from({ length: (parts.apps ?? 1) - 1 }, (_, index) => `app-${index}`)]
  const isStable = cardChange?.change !== 'ended'
  const own = appIds.flatMap((appId) => meters.map((meter) => ({ appId, meter, isStable })))
  const first = own[0] ?? { appId: 'first', meter: 'calls', isStable }
  const others = [
    ...(hasOther ? [{ appId: 'second', meter: 'calls', isStable }] : []),
    ...(chance.isTrue(0.05) ? [{ appId: 'nobodys', meter: 'calls', isStable: false }] : []),
  ]
  const makeTeams = (onEntries: OnEntries) => {
    const team = new Team('first', start - daysBefore * dayMs, { catalog, onEntries })
    for (const appId of appIds) team.addApp(appId, isInHub)
    team.isExact = isExact
    parts.found(team)
    team.passTo(start)
    if (!hasOther) return [team]
    const other = new Team('other', start, { catalog, onEntries })
    other.addApp('second')
    foundPaid(1_000)(other)
    return [team, other]
  }
  const runsOut = parts.runsOut === true && !hasOther
  const uses = [first, ...own.slice(1), ...others] as const
  const turn = parts.turns && { at: Date.parse(boundary ?? ''), meters: parts.turns }
  return { name, start, uses, acts: parts.acts ?? [], makeTeams, runsOut, ...(turn && { turn }) }
}
