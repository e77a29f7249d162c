import { lotOf } from '../../../core/commands/grant-lot.ts'
import { dayMs } from '../../../core/time/time.ts'
import type { Team } from './team.ts'

/** Days from a charge-back until the rated meters stop. */
const stopDays = 14
const purchaseId = 'first-1'
const usdCents = 30
/** The source of use from before a run. */
export const earlierSource = 'urn:earlier'

/** A team's purchase of 100 used tokens' thousandths is charged back so that its rated meters stop at an instant. */
export function chargeBack(team: Team, stopsAt: number): void {
  team.buy(1_000)
  const lot = { ...lotOf(purchaseId, 1, team.now), milliTokens: 1_000 }
  const use = { source: earlierSource, id: 'before', appId: 'first', meter: 'calls', quantity: 100 }
  const event = { ...use, time: team.now }
  team.run({ kind: 'record-usage', events: [event] }, { ...team.context, known: new Map() })
  team.passTo(stopsAt - stopDays * dayMs)
  const { teamId } = team
  const price = { tokens: 1, unitPriceUsdCents: 300, usdCents: 300 }
  const purchase = {
    kind: 'purchase',
    teamId,
    version: 1,
    at: lot.purchasedAt,
    purchaseId,
    ...price,
  } as const
  const tokens = { lot, lapsed: 0, takenBack: 0, recoveredUsdCents: 0 }
  team.run(
    { kind: 'take-payment', paymentId: 'back', paidFor: { purchase: purchaseId }, status: 'charged-back' },
    { ...team.context, target: { purchase, payable: { status: 'paid' }, tokens } },
  )
}

/** Pays what the charge-back made due: the rated meters go on. */
export function payChargeBack(team: Team): void {
  team.run(
    {
      kind: 'take-payment',
      paymentId: 'paid',
      paidFor: { chargeBack: purchaseId },
      status: 'settled',
    },
    { ...team.context, target: { usdCents, payable: { status: 'failed' } } },
  )
}
