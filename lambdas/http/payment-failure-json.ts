import { instantToJson } from '../../contract/instant.ts'
import type { ListedInvoiceAnswer } from '../../contract/invoice.ts'
import type { Due } from '../../core/account/account.ts'
import { paymentFailure } from '../../core/invoice/recovery.ts'

/** The fields of a failed payment on the wire: none before a failure. */
export function failureToJson(due: Due): Pick<ListedInvoiceAnswer, 'failedAt' | 'retryAt' | 'stopsAt'> {
  const failure = paymentFailure(due)
  if (failure === undefined) return {}
  const { failedAt, retryAt, stopsAt } = failure
  return {
    failedAt: instantToJson(failedAt),
    ...(retryAt !== undefined && { retryAt: instantToJson(retryAt) }),
    stopsAt: instantToJson(stopsAt),
  }
}
