import type { FieldFault } from '../../contract/field-errors.ts'
import { instantToJson } from '../../contract/instant.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { whatIf as call, type WhatIfAnswer } from '../../contract/what-if.ts'
import type { Context } from '../../core/catalog/context.ts'
import { statusAt } from '../../core/catalog/names.ts'
import { minimumTokens } from '../../core/commands/purchase-tokens.ts'
import { type AssumedMonth, monthOfDays, monthOfQuantities } from '../../core/forecast/assumed-month.ts'
import { type AssumedPurchase, runPurchase } from '../../core/forecast/purchase-run.ts'
import { whatIf as findCosts } from '../../core/forecast/what-if.ts'
import { dayMs, dayOf, daysOf, periodOf, previousPeriod } from '../../core/time/time.ts'
import { seesMoney } from '../http/caller.ts'
import type { Input } from '../http/input.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { hubRoute } from '../http/route.ts'
import { purchaseRunToJson, whatIfToJson, withoutMoney } from '../http/what-if-json.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { dayUse } from '../store/day-use.ts'
import type { Seen } from '../store/operations.ts'
import { UsagePages } from '../store/usage-pages.ts'

type Body = Input<typeof call>['body']

/** A purchase may be planned for this many days ahead. */
const aheadDaysMax = 365

/** Prices a past or typed month on each plan. A developer sees no money of the team's own months; the prices are public. */
export function whatIf(deps: TeamDeps) {
  const pages = new UsagePages(deps.table)
  return hubRoute(deps, call, async ({ params: { teamId }, body, ...asker }): Promise<Outcome> => {
    const seen = await deps.operations.look(teamId)
    if (seen === undefined) return notFound
    const faults = faultsOf(body, seen)
    if (faults.length > 0) return badRequest(...faults)
    const month = await monthOf(pages, teamId, body, seen)
    const purchase = body.purchase && (await purchaseOf(pages, teamId, { ...body.purchase, month }, seen))
    const run = purchase && runPurchase(seen.account, purchase, seen)
    if (run !== undefined && 'refused' in run) return run
    const found = findCosts(seen.account, month, { ...seen, tokens: purchase?.tokens ?? 0 })
    const isOwnUse = body.use.month !== undefined
    const answer: WhatIfAnswer = {
      at: instantToJson(seen.now),
      month: month.period,
      ...whatIfToJson(found, { hasDays: isOwnUse }),
      ...(run !== undefined && purchase !== undefined && { purchase: purchaseRunToJson(run, purchase.on) }),
    }
    return { status: 200, body: isOwnUse && !seesMoney(asker) ? withoutMoney(answer) : answer }
  })
}

/** The fields that the catalog or the clock contradicts. */
function faultsOf({ use, purchase }: Body, { now, catalog }: Context): readonly FieldFault[] {
  const faults: FieldFault[] = []
  const current = periodOf(now)
  if (use.month !== undefined && use.month >= current)
    faults.push({ pointer: '/use/month', message: 'atMost', limit: previousPeriod(current) })
  for (const [index, { meter }] of (use.quantities ?? []).entries()) {
    const status = statusAt(catalog, meter, now)
    const pointer = `/use/quantities/${index}/meter`
    if (status === 'ended') faults.push({ pointer, message: 'endedMeter' })
    else if (status !== 'rated') faults.push({ pointer, message: sayToPeople('noRatedMeter') })
  }
  if (purchase === undefined) return faults
  const limit = minimumTokens(catalog, now)
  if (purchase.tokens < limit)
    faults.push({ pointer: '/purchase/tokens', message: sayToPeople('minimumTokens'), limit })
  const last = dayOf(now + aheadDaysMax * dayMs)
  if (purchase.on < dayOf(now))
    faults.push({ pointer: '/purchase/on', message: 'atLeast', limit: dayOf(now) })
  if (purchase.on > last) faults.push({ pointer: '/purchase/on', message: 'atMost', limit: last })
  return faults
}

async function monthOf(
  pages: UsagePages,
  teamId: string,
  { use }: Body,
  { now }: Seen,
): Promise<AssumedMonth> {
  if (use.month === undefined) return monthOfQuantities(periodOf(now), use.quantities ?? [])
  return monthOfDays(use.month, await dayUse(pages, { teamId, ...daysOf(use.month) }))
}

async function purchaseOf(
  pages: UsagePages,
  teamId: string,
  { tokens, on, month }: { readonly tokens: number; readonly on: string; readonly month: AssumedMonth },
  { now }: Seen,
): Promise<AssumedPurchase> {
  const today = await dayUse(pages, { teamId, from: dayOf(now), to: dayOf(now) })
  const usedToday = new Map(today.map(({ meter, quantity }) => [meter, quantity]))
  return { tokens, on: Date.parse(on), month, usedToday }
}
