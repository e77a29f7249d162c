import type { Calls } from './api.ts'
import type { Act, SeasonTeam } from './teams.ts'

/**
 * Sends the calls of one act, as the team's admin or as an operator. `purchaseId` is new for every purchase.
 */
export async function perform(
  api: Calls,
  { teamId, apps }: SeasonTeam,
  act: Act,
  purchaseId: string,
): Promise<void> {
  const path = `/v1/teams/${teamId}`
  const hub = `hub:${teamId}` as const
  switch (act.do) {
    case 'buy':
      await api.call(hub, `POST ${path}/token-purchases`, { purchaseId, tokens: act.tokens })
      return
    case 'plan':
      await api.call(hub, `PUT ${path}/plan`, act.choice)
      return
    case 'hub':
      await api.call(hub, `PUT ${path}/hub`, { name: `${teamId}-hub` })
      await api.call(hub, `POST ${path}/hub/apps`, { appIds: apps })
      return
    case 'suspend':
      await api.call('ops', `PUT ${path}/suspension`, { reason: 'Found by a review' })
      return
    case 'resume':
      await api.call('ops', `DELETE ${path}/suspension`)
      return
    case 'payments':
      await api.call('local', `PUT /local/payments/${teamId}`, { behaviour: act.behaviour })
      return
    case 'pay':
      await payDecember(api, teamId)
  }
}

/** Without such a bill there is nothing to pay. */
async function payDecember(api: Calls, teamId: string): Promise<void> {
  const invoiceOrPurchaseId = `${teamId}~invoice:2025-12`
  const payment = { paymentId: `${teamId}-by-hand`, invoiceOrPurchaseId, status: 'settled' }
  await api.call('ops', 'POST /v1/payments', payment, [404])
}
