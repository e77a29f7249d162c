import { expect, test } from 'vitest'
import { CapSums } from '../../audit/caps.ts'
import { JournalAudit } from '../../audit/journal.ts'
import type { Cap, Entry } from '../../core/journal/entry.ts'
import { World } from '../support/world.ts'

const acad = 'automation-autocad'

/** The entries of an authorization under a quote of two units that is captured twice, beyond its cap. */
function quotedWorld(): World {
  const world = new World('2027-03-10T10:00:00Z')
  world.plan({ plan: 'paid', payAsYouGo: true })
  world.buy(1)
  const asked = world.ask(acad, 1_440, 3_600, { quoteId: world.quote(acad, 1_440) })
  if ('code' in asked) throw new Error(asked.code)
  world.capture(asked.id, 720)
  world.capture(asked.id, 7_200)
  return world
}

/** The problems of the caps of a journal, after a change of the cap in its last entry. */
function problemsOf(change: (cap: Cap) => Cap): readonly string[] {
  const sums = new CapSums()
  const { entries } = quotedWorld()
  return entries.flatMap((entry, index) =>
    sums.add(index === entries.length - 1 ? withCap(entry, change) : entry),
  )
}

function withCap(entry: Entry, change: (cap: Cap) => Cap): Entry {
  if (entry.kind !== 'capture' || entry.authorization.cap === undefined) throw new Error('a capped capture')
  return { ...entry, authorization: { ...entry.authorization, cap: change(entry.authorization.cap) } }
}

test('a journal with waived use passes the audit', () => {
  const { entries, account } = quotedWorld()
  const audit = new JournalAudit('acme')
  expect(entries.flatMap((entry) => audit.add(entry))).toEqual([])
  expect(audit.check(account, undefined)).not.toContainEqual(expect.stringContaining('remainder'))
  expect(problemsOf((cap) => cap)).toEqual([])
})

test.each([
  ['more tokens than its cap', (cap: Cap) => ({ ...cap, milliTokens: cap.chargedMilliTokens - 1 })],
  ['more money than its cap', (cap: Cap) => ({ ...cap, usdCents: cap.chargedUsdCents - 1 })],
])('an authorization that is charged %s is found', (_, change) => {
  expect(problemsOf(change)).toEqual(['authorization a3 is charged more than its cap'])
})

test.each([
  ['no money', (cap: Cap) => ({ ...cap, chargedUsdCents: 300 })],
  ['nothing', (cap: Cap) => ({ ...cap, chargedUsdCents: 0, chargedMilliTokens: 0 })],
])('a cap that has counted %s of a charge is found', (_, change) => {
  expect(problemsOf(change)).toEqual(['the cap of authorization a3 does not count its charges'])
})
