import type { Account } from '../../core/account/account.ts'
import type { PaidFor } from '../../core/account/dues.ts'
import { dueIdOf, findDue } from '../../core/account/dues.ts'
import { type Payable, payableName } from '../../core/account/payable.ts'
import type { PaymentTarget } from '../../core/commands/take-payment.ts'
import { billedUsdCents } from '../../core/invoice/invoice.ts'
import type { Entry } from '../../core/journal/entry.ts'
import { invoiceKey, lotGrantedKey, purchaseKey } from './keys.ts'
import { tokensOf } from './purchased-tokens.ts'
import type { Stores } from './stores.ts'

/** The purchase or due that a payment is for, as the table has it; undefined where there is none. */
export async function paymentTarget(
  stores: Stores,
  account: Account,
  paidFor: PaidFor,
  timely: readonly Entry[],
): Promise<PaymentTarget | undefined> {
  const { teamId } = account
  const payable = await stores.payables.find(teamId, payableName(paidFor))
  if ('purchase' in paidFor) {
    const { purchase: purchaseId } = paidFor
    const purchase = await stores.journal.find(purchaseKey(teamId, purchaseId), 'purchase')
    if (purchase === undefined) return undefined
    const granted = await findGranted(stores, teamId, purchaseId)
    const tokens = granted && (await tokensOf(stores, granted.lot, { teamId, timely, payable }))
    return {
      purchase,
      payable: payable ?? firstPayable(granted !== undefined),
      ...(granted && { tokens, granted }),
    }
  }
  const due = findDue(account.dues, dueIdOf(paidFor))
  const usdCents =
    'invoice' in paidFor ? await billedCents(stores, teamId, paidFor.invoice) : payable?.paidUsdCents
  if (due === undefined && usdCents === undefined) return undefined
  return {
    payable: payable ?? firstPayable(due === undefined),
    usdCents: usdCents ?? due?.usdCents ?? 0,
  }
}

/** True if the team has made a purchase under the id. */
export async function hasPurchase({ journal }: Stores, teamId: string, purchaseId: string): Promise<boolean> {
  return (await journal.known(purchaseKey(teamId, purchaseId))) !== undefined
}

/** US cents that an issued invoice made due; undefined before it is written. */
async function billedCents({ journal }: Stores, teamId: string, period: string): Promise<number | undefined> {
  const entry = await journal.find(invoiceKey(teamId, period), 'period-closed')
  return entry && billedUsdCents(entry)
}

/** The lot of a purchase, if it is granted, and its state after its payments. */
export async function purchaseState(stores: Stores, teamId: string, purchaseId: string) {
  const [granted, payable] = await Promise.all([
    findGranted(stores, teamId, purchaseId),
    stores.payables.find(teamId, purchaseId),
  ])
  return { lot: granted?.lot, payable: payable ?? firstPayable(granted !== undefined) }
}

/** The state of a purchase or due without a payment: a purchase may have been paid at once, a bill may have nothing due. */
function firstPayable(isPaid: boolean): Payable {
  return { status: isPaid ? 'paid' : 'pending' }
}

async function findGranted({ journal }: Stores, teamId: string, purchaseId: string) {
  return journal.find(lotGrantedKey(teamId, purchaseId), 'lot-granted')
}
