import { type Account, emptyAccount, meterState } from '../core/account/account.ts'
import { advance } from '../core/advance.ts'
import type { Catalog, Rate } from '../core/catalog/catalog.ts'
import { grantLot, lotOf } from '../core/commands/grant-lot.ts'
import { type CommandKind, type CommandOf, type ContextOf, decide } from '../core/decide.ts'
import { dayMs, hourMs, type Instant, secondMs } from '../core/time/time.ts'

export const heavy = { meters: 12, lots: 12, authorizations: 500 } as const

// This takes the most room: every item has a different instant, and as many instants as possible are at least
// a hundred minutes apart.
const farApartSeconds = 105 * 60
const farApart = 13
const nearSeconds = 120

/** Two days into a month, the bill of the previous month is still open, so an account carries both bills. */
const at = Date.parse('2026-06-02T10:11:12.345Z')
const lastMonthMs = 31 * dayMs

const teamId = 'the-heaviest-team-of-all'
const app = { appId: 'heavy-viewer', teamId, name: 'Viewer', isInHub: true }

/**
 * The account of a heavy team, built by the rules: lots, meters with remainders and with bills of this month
 * and the last, and open authorizations. No two authorizations of a meter have the same instant.
 */
export function heavyAccount(launch: Catalog): Account {
  const catalog = withMeters(launch, heavy.meters)
  const meters = metersOf(catalog).slice(0, heavy.meters)
  let account = openedAt(at - 80 * dayMs, catalog)
  account = billed(account, meters, at, catalog)
  for (let lot = 0; lot < heavy.lots; lot++) {
    const bought = lotOf(`order-2026-${1_000 + lot}`, 1_234 + lot, at - (lot + 1) * 5 * dayMs - 12_345)
    account = grantLot(account, bought, { now: at, catalog }).account
  }
  for (const [index, meter] of meters.entries()) account = addUse(account, meter, at, `now-${index}`, catalog)
  return addHolds(account, meters, at, catalog)
}

function openedAt(at: Instant, catalog: Catalog): Account {
  const profile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' } as const
  const context = { now: at, catalog }
  const opened = after(emptyAccount(teamId), { kind: 'register-team', name: teamId, profile }, context)
  return after(opened, { kind: 'choose-plan', plan: 'paid', payAsYouGo: true }, context)
}

/** Adds pay-as-you-go charges of the previous month, whose bill is still open, and of the current month. */
function billed(opened: Account, meters: readonly Rate[], at: Instant, catalog: Catalog): Account {
  let account = opened
  for (const [index, meter] of meters.entries())
    account = addUse(account, meter, at - lastMonthMs, `before-${index}`, catalog)
  for (const [index, meter] of meters.entries())
    account = addUse(account, meter, at, `then-${index}`, catalog)
  return account
}

function addUse(account: Account, meter: Rate, at: Instant, id: string, catalog: Catalog): Account {
  const quantity = 23 * meter.unitSize + Math.max(1, Math.floor(meter.unitSize / 5))
  const event = { source: 'urn:aps:bench', id, appId: app.appId, meter: meter.meter, quantity, time: at }
  const context = { now: at, catalog, known: new Map() }
  return after(advance(account, at, catalog).account, { kind: 'record-usage', events: [event] }, context)
}

/** Applies a command and returns the account. The command must not be refused. */
function after<Kind extends CommandKind>(
  account: Account,
  command: CommandOf<Kind>,
  context: ContextOf<Kind>,
): Account {
  const decided = decide(account, command, context)
  if ('refused' in decided) throw new Error(decided.code)
  return decided.account
}

function addHolds(before: Account, meters: readonly Rate[], at: Instant, catalog: Catalog): Account {
  let account = before
  for (let index = 0; index < heavy.authorizations; index++) {
    const meter = meters[index % meters.length]?.meter ?? ''
    const holdSeconds = holdSecondsOf(Math.floor(index / meters.length))
    const ask = {
      kind: 'authorize' as const,
      authorizationId: `a-${index}`,
      appId: app.appId,
      meter,
      quantity: 12_345 + index,
      holdSeconds,
    }
    account = after(account, ask, { now: at, catalog, app })
  }
  const sums = meters.reduce((count, { meter }) => count + meterState(account, meter).paid.length, 0)
  if (sums !== heavy.authorizations) throw new Error(`${sums} sums of ${heavy.authorizations} authorizations`)
  return account
}

function holdSecondsOf(index: number): number {
  const isFar = index < farApart
  return isFar ? hourMs / secondMs + (index + 1) * farApartSeconds - 60 : (index - farApart + 1) * nearSeconds
}

/**
 * The catalog with as many meters as a team may have after several years. Later cards add the further meters.
 */
function withMeters(catalog: Catalog, count: number): Catalog {
  const known = metersOf(catalog)
  const [sample] = known
  if (sample === undefined) throw new Error('the rate card is empty')
  const more = Array.from({ length: Math.max(0, count - known.length) }, (_, index) => {
    return { ...sample, meter: `automation-engine-${index}` }
  })
  const [card, ...later] = catalog.rateCards
  if (card === undefined) throw new Error('there is no rate card')
  return { ...catalog, rateCards: [{ ...card, meters: [...card.meters, ...more] }, ...later] }
}

function metersOf(catalog: Catalog): readonly Rate[] {
  return catalog.rateCards[0]?.meters ?? []
}
