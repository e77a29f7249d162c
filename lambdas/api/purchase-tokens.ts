import { sayToPeople } from '../../contract/people-messages.ts'
import type { PurchaseAnswer } from '../../contract/purchase-tokens.ts'
import { purchaseTokens as call } from '../../contract/purchase-tokens.ts'
import { purchaseStatusAt } from '../../core/account/payable.ts'
import { minimumTokens, type Purchased, type PurchaseTokens } from '../../core/commands/purchase-tokens.ts'
import type { Instant } from '../../core/time/time.ts'
import { chargesToJson } from '../http/charge-json.ts'
import { lotToJson } from '../http/lot-json.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { purchaseStatuses } from '../http/purchase-json.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { sandboxKey } from '../store/keys.ts'
import { hasPurchase } from '../store/payment-target.ts'
import { getItem } from '../store/table.ts'

/** Buys tokens, once per purchase id, or shows the consequences. The lot is granted when the payment has settled. */
export function purchaseTokens(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params: { teamId }, body, query }): Promise<Outcome> => {
    const limit = minimumTokens(await deps.catalog.get(), deps.clock.now())
    const isTooFew = body.tokens < limit
    if (isTooFew && !(await hasPurchase(deps, teamId, body.purchaseId)))
      return badRequest({ pointer: '/tokens', message: sayToPeople('minimumTokens'), limit })
    // Too few tokens have no price, so they can only repeat a purchase made under another minimum: nothing is bought.
    if (query.preview || isTooFew)
      return preview(deps, teamId, { kind: 'purchase-tokens', ...body, isPaidAtOnce: true })
    const isPaidAtOnce = deps.payments === 'sandbox' && (await settlesAtOnce(deps, teamId))
    const result = await deps.operations.run(teamId, { kind: 'purchase-tokens', ...body, isPaidAtOnce })
    if (result === 'absent') return notFound
    return 'refused' in result ? result : { status: 201, body: toJson(result.answer, deps.clock.now()) }
  })
}

/** Shows the purchase as if its payment settled at once; an earlier purchase is shown as it is. */
async function preview(
  { operations, clock }: TeamDeps,
  teamId: string,
  command: PurchaseTokens,
): Promise<Outcome> {
  const previewed = await operations.preview(teamId, command)
  if (previewed === 'absent') return notFound
  if ('refused' in previewed) return previewed
  const { answer, entries } = previewed.decision
  if (entries.length === 0) return { status: 201, body: toJson(answer, clock.now()) }
  const paysShortfall = chargesToJson(answer.paidShortfall ?? [])
  return {
    status: 200,
    body: { ...toJson(answer, clock.now()), status: 'preview', paysShortfall } satisfies PurchaseAnswer,
  }
}

/** In the sandbox tokens are paid when they are bought, unless the team's payments are set to end otherwise. */
async function settlesAtOnce({ table }: TeamDeps, teamId: string): Promise<boolean> {
  const behaviour = (await getItem(table, sandboxKey(teamId)))?.behaviour
  return behaviour === undefined || behaviour === 'settle'
}

function toJson({ purchase, payable, lot }: Purchased, now: Instant): PurchaseAnswer {
  const { purchaseId, tokens, unitPriceUsdCents, usdCents } = purchase
  const status = purchaseStatuses[purchaseStatusAt(payable, now)]
  const granted = lot === undefined ? undefined : lotToJson(lot)
  return { purchaseId, tokens, unitPriceUsdCents, usdCents, status, lot: granted }
}
