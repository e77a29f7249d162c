import type { Lot } from '../../core/account/account.ts'
import { type Payable, payableName } from '../../core/account/payable.ts'
import type { PurchasedTokens } from '../../core/commands/take-payment.ts'
import type { Entry } from '../../core/journal/entry.ts'
import type { JournalStore } from './journal.ts'
import { lotExpiredKey } from './keys.ts'
import type { PayableStore } from './payables.ts'

export interface TokenStores {
  readonly journal: JournalStore
  readonly payables: PayableStore
}

interface LotFacts {
  readonly teamId: string
  readonly timely: readonly Entry[]
  readonly payable: Payable | undefined
}

/** Everything that became of a lot's tokens besides what was spent. */
export async function tokensOf(
  { journal, payables }: TokenStores,
  lot: Lot,
  { teamId, timely, payable }: LotFacts,
): Promise<PurchasedTokens> {
  const { lotId } = lot
  const [expired, takenBack, chargeBack] = await Promise.all([
    journal.find(lotExpiredKey(teamId, lotId), 'lot-expired'),
    payables.takenBack(teamId, lotId),
    payables.find(teamId, payableName({ chargeBack: lotId })),
  ])
  const now = timely.flatMap((entry) => ('lotId' in entry && entry.lotId === lotId ? [entry] : []))
  const sum = (kind: Entry['kind']) =>
    now.reduce(
      (total, entry) => (entry.kind === kind && 'milliTokens' in entry ? total + entry.milliTokens : total),
      0,
    )
  const restored = payable?.restored ?? { milliTokens: 0, usdCents: 0 }
  return {
    lot,
    lapsed: (expired?.milliTokens ?? 0) + sum('lot-expired'),
    takenBack: takenBack + sum('tokens-taken-back') - restored.milliTokens,
    recoveredUsdCents: (chargeBack?.paidUsdCents ?? 0) - restored.usdCents,
  }
}
