import type { BalanceAnswer } from '../../contract/get-balance.ts'
import { getBalance as call } from '../../contract/get-balance.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { MissingAnswer } from '../../contract/missing.ts'
import {
  type Account,
  type Due,
  hasBill,
  type MeterState,
  spentUsdCents,
  termsAt,
  tokensLeft,
} from '../../core/account/account.ts'
import { paidForOf } from '../../core/account/dues.ts'
import { heldAt } from '../../core/account/holds.ts'
import { payUntil } from '../../core/account/payable.ts'
import { paymentReference } from '../../core/account/payment-reference.ts'
import { resetsAt } from '../../core/advance.ts'
import { type Catalog, rateAt, ratesAt } from '../../core/catalog/catalog.ts'
import { comingTerms } from '../../core/commands/choose-plan.ts'
import { freeAllowances, stoppingMeter } from '../../core/funding/allowance.ts'
import { includedLeft, includedUse } from '../../core/funding/included.ts'
import { isPayAsYouGo } from '../../core/funding/pay-as-you-go.ts'
import { meterSums } from '../../core/invoice/invoice.ts'
import { outlook } from '../../core/preview/outlook.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import type { Instant } from '../../core/time/time.ts'
import { seesMoney } from '../http/caller.ts'
import { tokensToJson } from '../http/charge-json.ts'
import { lotToJson } from '../http/lot-json.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { refusedToJson, warnedToJson } from '../http/outlook-json.ts'
import { failureToJson } from '../http/payment-failure-json.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { readVersions } from '../store/versions.ts'

/** A team's current balance: everything that its account contains, as customers read it. */
export function getBalance(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params, language, ...asker }): Promise<Outcome> => {
    const { teamId } = params
    const [seen, versions] = await Promise.all([
      deps.operations.look(teamId),
      readVersions(deps.table, teamId),
    ])
    if (seen === undefined) return notFound
    const { account, now, catalog } = seen
    const body: BalanceAnswer = {
      ...balanceToJson(account, now, catalog),
      ...outlookToJson(account, now, catalog, language),
      // Entries that time has made, and that no operation has written yet, are not in the journal.
      versions: { account: account.version - seen.entries.length, ...versions },
    }
    return { status: 200, body: seesMoney(asker) ? body : withoutMoney(body) }
  })
}

/** The balance as developers read it: plan, use, tokens and limits. */
function withoutMoney({ dues: _, failedPurchases: __, ...balance }: BalanceAnswer): BalanceAnswer {
  const { enabled, period, lines } = balance.payAsYouGo
  return {
    ...balance,
    payAsYouGo: { enabled, period, lines: lines.map(({ meter, units }) => ({ meter, units })) },
    shortfall: balance.shortfall.map(({ usdCents: _, ...shortfall }) => shortfall),
    refused: balance.refused.map((refused) => ({
      ...refused,
      missing: refused.missing.map(missingWithoutMoney),
    })),
  }
}

function missingWithoutMoney(missing: MissingAnswer): MissingAnswer {
  const { usdCents: _, limitUsdCents: __, usedUsdCents: ___, backing: ____, ...rest } = missing
  return rest
}

/** The refusals and warnings that the team's apps would meet now. The real decision computes them, so both always agree. */
function outlookToJson(
  account: Account,
  now: Instant,
  catalog: Catalog,
  language: Language,
): Pick<BalanceAnswer, 'refused' | 'warnings'> {
  const { refused, warnings } = outlook(account, now, catalog)
  return {
    refused: refused.map((refusal) => refusedToJson(refusal, language)),
    warnings: warnings.map((warning) => warnedToJson(warning, language)),
  }
}

function dueToJson(due: Due, teamId: string): NonNullable<BalanceAnswer['dues']>[number] {
  const { dueId, usdCents } = due
  return {
    dueId,
    usdCents,
    ...failureToJson(due),
    paymentReference: paymentReference(teamId, paidForOf(dueId)),
  }
}

function failedPurchasesToJson({ teamId, pendingPurchases = [] }: Account) {
  return pendingPurchases.flatMap(({ purchaseId, usdCents, failedAt }) => {
    const until = payUntil({ status: 'failed', failedAt })
    if (failedAt === undefined || until === undefined) return []
    return [
      {
        purchaseId,
        usdCents,
        failedAt: instantToJson(failedAt),
        payUntil: instantToJson(until),
        paymentReference: paymentReference(teamId, { purchase: purchaseId }),
      },
    ]
  })
}

function balanceToJson(
  account: Account,
  now: Instant,
  catalog: Catalog,
): Omit<BalanceAnswer, 'refused' | 'warnings' | 'versions'> {
  const { plan } = termsAt(account, now)
  const coming = comingTerms(account, now)
  return {
    at: instantToJson(now),
    plan,
    ...(coming !== undefined && { nextPlan: { plan: coming.plan, effectiveAt: instantToJson(coming.from) } }),
    period: account.period,
    resetsAt: instantToJson(resetsAt(account)),
    included: [...includedUse(account, { now, catalog })],
    free: plan === 'paid' ? [] : freeToJson(account, now, catalog),
    flex: { tokens: tokensToJson(tokensLeft(account)), lots: account.lots.map(lotToJson) },
    payAsYouGo: payAsYouGoToJson(account, now, catalog),
    remainders: meters(account, ({ remainder }) => remainder > 0).map(([meter, { remainder }]) => {
      return { meter, quantity: remainder, unitSize: rateAt(catalog, meter, now)?.unitSize ?? 0 }
    }),
    held: meters(account, ({ free, paid }) => free.length + paid.length > 0).map(
      ([meter, { free, paid }]) => {
        return { meter, quantity: heldAt(free, now) + heldAt(paid, now) }
      },
    ),
    shortfall: account.shortfall.map(({ meter, units, milliTokensPerUnit, usdCentsPerUnit }) => {
      return {
        meter,
        units,
        tokens: tokensToJson(units * milliTokensPerUnit),
        usdCents: units * usdCentsPerUnit,
      }
    }),
    dues: account.dues.map((due) => dueToJson(due, account.teamId)),
    failedPurchases: failedPurchasesToJson(account),
  }
}

/** The free amounts. Without a plan no meter stops another: in the grace period limits only warn. */
function freeToJson(account: Account, now: Instant, catalog: Catalog): BalanceAnswer['free'] {
  const isFree = termsAt(account, now).plan === 'free'
  return ratesAt(catalog, now).map((rate) => {
    const { meter, freePerPeriod } = rate
    const included = includedLeft(account, meter, { now, catalog })
    const { used, held } = freeAllowances(account, meter, { rates: [rate], included, now }).current
    const remaining = Math.max(0, freePerPeriod - used - held)
    const stoppedBy = isFree ? stoppingMeter(account, meter, { rates: [rate], now, catalog }) : undefined
    const row = { meter, used, held, limit: freePerPeriod, remaining }
    return { ...row, ...(stoppedBy !== undefined && { stoppedBy }) }
  })
}

function payAsYouGoToJson(account: Account, now: Instant, catalog: Catalog): BalanceAnswer['payAsYouGo'] {
  const { period, spendLimitUsdCents, creditUsdCents } = account
  return {
    enabled: isPayAsYouGo(account, now, catalog),
    period,
    usdCents: spentUsdCents(account, 'current'),
    ...(spendLimitUsdCents !== undefined && { spendLimitUsdCents }),
    ...(creditUsdCents > 0 && { creditUsdCents }),
    ...(hasBill(account, 'previous') && { unbilledUsdCents: spentUsdCents(account, 'previous') }),
    lines: [...meterSums(account, 'current')],
  }
}

/** By name, because the table does not keep the order of a map, and an unchanged balance has one tag. */
function meters(
  account: Account,
  isShown: (state: MeterState) => boolean,
): readonly (readonly [string, MeterState])[] {
  return Object.entries(account.meters)
    .filter(([, state]) => isShown(state))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}
