import { giveUpPurchase as giveUpCall } from '../../contract/give-up-purchase.ts'
import type { PurchasesAnswer } from '../../contract/list-purchases.ts'
import { listPurchases as listCall } from '../../contract/list-purchases.ts'
import { payPurchase as payCall } from '../../contract/pay-purchase.ts'
import type { TokenPurchaseAnswer } from '../../contract/purchase.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { purchaseToJson } from '../http/purchase-json.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import type { Seen } from '../store/operations.ts'
import { hasPurchase, paymentTarget } from '../store/payment-target.ts'

const pageSize = 20

/** Lists the team's purchases as they are now, newest first. */
export function listPurchases(deps: TeamDeps) {
  return hubRoute(deps, listCall, async ({ params: { teamId }, query }): Promise<Outcome> => {
    const seen = await deps.operations.look(teamId)
    if (seen === undefined) return notFound
    const before = query.cursor === undefined ? seen.account.version + 1 : Number(query.cursor)
    const found = await deps.purchases.newest(teamId, before, pageSize)
    const rows = await Promise.all(found.map(({ purchaseId }) => currentPurchase(deps, seen, purchaseId)))
    const last = found.length === pageSize ? found.at(-1)?.version : undefined
    const body: PurchasesAnswer = {
      purchases: rows.flatMap((row) => row ?? []),
      ...(last !== undefined && { cursor: String(last) }),
    }
    return { status: 200, body }
  })
}

/** Requests another payment of a purchase whose payment failed. */
export function payPurchase(deps: TeamDeps) {
  return hubRoute(deps, payCall, async ({ params: { teamId, purchaseId } }): Promise<Outcome> => {
    if (!(await hasPurchase(deps, teamId, purchaseId))) return notFound
    const result = await deps.operations.run(teamId, { kind: 'pay-purchase', purchaseId })
    if (result === 'absent') return notFound
    if ('refused' in result) return result
    const seen = await deps.operations.look(teamId)
    const body = seen && (await currentPurchase(deps, seen, purchaseId))
    return body === undefined ? notFound : { status: 200, body }
  })
}

/** Gives up a purchase that is not paid. */
export function giveUpPurchase(deps: TeamDeps) {
  return hubRoute(deps, giveUpCall, async ({ params: { teamId, purchaseId } }): Promise<Outcome> => {
    if (!(await hasPurchase(deps, teamId, purchaseId))) return notFound
    const result = await deps.operations.run(teamId, { kind: 'give-up-purchase', purchaseId })
    if (result === 'absent') return notFound
    return 'refused' in result ? result : { status: 204 }
  })
}

async function currentPurchase(
  deps: TeamDeps,
  { account, entries, now }: Seen,
  purchaseId: string,
): Promise<TokenPurchaseAnswer | undefined> {
  const found = await paymentTarget(deps, account, { purchase: purchaseId }, entries)
  if (found === undefined || !('purchase' in found)) return undefined
  const { remaining = 0 } = account.lots.find(({ lotId }) => lotId === purchaseId) ?? {}
  return purchaseToJson({ ...found, remaining }, now)
}
