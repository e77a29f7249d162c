import { counted, type Figure, show } from '../figure.ts'
import type { LoadResult } from './run-load.ts'

const callsPerSecondMin = 100_000
const seenMsMax = 2_000

/** The table of a run. Equalities and counts fail it; speed does not, because it depends on the machine. */
export function loadFigures({ callers, books, logs, seconds, purchases }: LoadResult): readonly Figure[] {
  const { journal, balance, held, overspent, authorizations, captures, late, differences } = books
  const all = callers.flatMap(({ done }) => (done === undefined ? [] : [done]))
  const total = (field: 'requests' | 'rows' | 'denied' | 'unavailable') =>
    all.reduce((sum, done) => sum + done[field], 0)
  return [
    ...callers.map(({ name, admitted, kills }): Figure => {
      const note = kills > 0 ? ', killed and started again' : ''
      return { what: `calls that ${name} admitted, by its own log${note}`, value: show(admitted) }
    }),
    { what: 'sum of the own logs', value: show(logs) },
    equal('use in the journal', journal, logs),
    equal('use in the balance: tokens spent and the remainder', balance, logs),
    counted('calls overspent', overspent, 0),
    counted('… lost: in the logs and not in the journal', Math.max(0, logs - journal), 0),
    counted('… doubled: in the journal and not in the logs', Math.max(0, journal - logs), 0),
    counted('… still held after the end', held, 0),
    counted('differences between the account and its folded journal', differences.length, 0),
    {
      what: 'calls admitted each second, refused times included',
      value: show(logs / seconds),
      target: `≥ ${show(callsPerSecondMin)}`,
    },
    { what: '… seconds of the run', value: show(seconds) },
    { what: 'calls refused, without those of the killed processes', value: show(total('denied')) },
    { what: 'calls without an answer in time', value: show(total('unavailable')) },
    ...purchases.map(
      (ms, index): Figure => ({
        what: `purchase ${index + 1}: seen by the last caller after`,
        value: `${show(Math.max(...ms))} ms`,
        target: `≤ ${show(seenMsMax)} ms`,
      }),
    ),
    { what: 'authorizations and captures in the journal', value: `${authorizations} and ${captures}` },
    { what: '… captures after the end of their hold', value: show(late) },
    { what: 'requests to Tollgate, without those of the killed processes', value: show(total('requests')) },
    ...problemsOf(all.flatMap(({ problems }) => problems)),
  ]
}

function equal(what: string, value: number, expected: number): Figure {
  return { what, value: show(value), target: 'equal', isMet: value === expected }
}

/** Problems that the clients reported, each text once. */
function problemsOf(problems: readonly string[]): readonly Figure[] {
  const groups = Map.groupBy(problems, (text) => text.slice(0, 80))
  return [...groups].map(([text, same]) => ({ what: `problem: ${text}`, value: show(same.length) }))
}
