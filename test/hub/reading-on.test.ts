import { expect, test } from 'vitest'
import { isReadingOn } from '../../hub/ops/teams/reading-on.ts'

test.each([
  { counts: [], goesOn: false, reason: 'nothing was read yet' },
  { counts: [50], goesOn: false, reason: 'a full page is shown' },
  { counts: [0], goesOn: true, reason: 'an empty page shows nothing' },
  { counts: [20, 29], goesOn: true, reason: 'two pages show less than a full one' },
  { counts: [20, 30], goesOn: false, reason: 'two pages show as much as a full one' },
  { counts: [0, 0, 0, 0, 0], goesOn: false, reason: 'five pages are enough without a question' },
  { counts: [0, 0, 0, 0, 0, 0], goesOn: true, reason: 'the reader asked for more' },
  { counts: [50, 0], goesOn: true, reason: 'the reader asked for more and sees none yet' },
])('after pages with $counts teams, going on is $goesOn: $reason', ({ counts, goesOn }) => {
  expect(isReadingOn(counts)).toBe(goesOn)
})
