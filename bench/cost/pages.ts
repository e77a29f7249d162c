import { idleRequestsMax, pauses, unannouncedMilliseconds } from '../../hub/api/pace.ts'
import { counted, type Figure } from '../figure.ts'
import type { Fleet } from './fleet.ts'
import type { Counts } from './operation-counts.ts'

const hourMilliseconds = 3_600_000
/** The offer and the person's teams, which the page reads again from time to time. */
const unannouncedAnswers = 2

/** Polls of the balance in an hour, by the pauses that the page itself uses. */
const pollsOf = (pace: keyof typeof pauses): number => hourMilliseconds / pauses[pace]

/** Calls that the open pages of a fleet make in a month: polls of the balance, and readings of other answers. */
export function pageReadsOf({ pageHours, assumed }: Fleet) {
  const { pageWorkingShare, pageHiddenShare, readingsPerWorkingHour, answersPerReading } = assumed
  const working = pageHours * pageWorkingShare
  const hidden = pageHours * Math.min(pageHiddenShare, 1 - pageWorkingShare)
  const idle = pageHours - working - hidden
  const unannouncedPerHour = (unannouncedAnswers * hourMilliseconds) / unannouncedMilliseconds.working
  const readPerWorkingHour = readingsPerWorkingHour * answersPerReading + unannouncedPerHour
  return {
    balances: working * pollsOf('working') + idle * pollsOf('idle') + hidden * pollsOf('hidden'),
    // The dearest case: the team of an untouched page always changes, so the page makes as many requests as it may.
    pageAnswers: working * readPerWorkingHour + idle * (idleRequestsMax - pollsOf('idle')),
  }
}

/** The lines of the bench about open pages. The pauses and bounds are the page's own. */
export function pageFigures({ poll }: Counts): readonly Figure[] {
  return [
    counted('requests an hour of a hidden page', pollsOf('hidden'), idleRequestsMax),
    counted('… of an untouched page whose team always changes, at most', idleRequestsMax, idleRequestsMax),
    { what: '… of a page that somebody works on, while nothing changes', value: String(pollsOf('working')) },
    counted('read units of an unchanged poll of the balance, without the catalog', poll.ownReadUnits, 2),
    { what: '… with the catalog, which a function remembers for a second', value: String(poll.readUnits) },
  ]
}
