import type { CreditNoteAnswer, IssuedCreditNoteAnswer } from '../../contract/credit-note.ts'
import type { ReceiptAnswer } from '../../contract/get-receipt.ts'
import { instantToJson } from '../../contract/instant.ts'
import { paymentReference } from '../../core/account/payment-reference.ts'
import type { DocumentHead } from '../../core/invoice/document.ts'
import type { CreditNote, EntryOf, Receipt } from '../../core/journal/entry.ts'
import type { Instant } from '../../core/time/time.ts'
import type { IssuedCreditNote } from '../store/credit-notes.ts'

/** The team of some documents, and its names by the versions that the documents bear. */
export interface Bearer {
  readonly teamId: string
  readonly names: ReadonlyMap<number, string>
}

/** The head of a document as it was issued. The name is live only in that it may be erased. */
export function documentToJson(
  { teamVersion, country, currency }: DocumentHead,
  { teamId, names }: Bearer,
  issuedAt: Instant,
) {
  const teamName = names.get(teamVersion) ?? teamId
  return { teamId, teamName, teamVersion, country, currency, issuedAt: instantToJson(issuedAt) }
}

export function creditNoteToJson(note: CreditNote): CreditNoteAnswer {
  const { number, period, meter, units, usdCents, dueUsdCents } = note
  return { number, period, meter, units, unitPriceUsdCents: usdCents / units, usdCents, dueUsdCents }
}

export function issuedCreditNoteToJson(note: IssuedCreditNote, bearer: Bearer): IssuedCreditNoteAnswer {
  const { reversalId, issuedAt } = note
  return { ...creditNoteToJson(note), ...documentToJson(note, bearer, issuedAt), reversalId }
}

export function receiptToJson(
  { lot, at }: EntryOf<'lot-granted'>,
  receipt: Receipt,
  bearer: Bearer,
): ReceiptAnswer {
  const { number, unitPriceUsdCents, usdCents } = receipt
  return {
    ...documentToJson(receipt, bearer, at),
    number,
    purchaseId: lot.lotId,
    purchasedAt: instantToJson(lot.purchasedAt),
    tokens: lot.milliTokens / 1_000,
    unitPriceUsdCents,
    usdCents,
    paymentReference: paymentReference(bearer.teamId, { purchase: lot.lotId }),
  }
}
