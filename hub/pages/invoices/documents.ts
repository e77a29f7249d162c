import type { InvoicesAnswer as Invoices } from '../../../contract/list-invoices.ts'
import type { TokenPurchaseAnswer as TokenPurchase } from '../../../contract/purchase.ts'

export type Invoice = Invoices['invoices'][number]
type CreditNote = Invoices['creditNotes'][number]
type Receipt = NonNullable<TokenPurchase['receipt']>

export type BillingDocument = { readonly key: string; readonly issuedAt: string } & (
  | { readonly kind: 'invoice'; readonly invoice: Invoice }
  | { readonly kind: 'creditNote'; readonly creditNote: CreditNote }
  | { readonly kind: 'receipt'; readonly receipt: Receipt; readonly purchase: TokenPurchase }
)

export interface Found {
  readonly invoices: readonly Invoice[]
  readonly creditNotes: readonly CreditNote[]
  readonly purchases: readonly TokenPurchase[]
  /** True while older purchases were not read yet. */
  readonly hasOlder: boolean
}

/**
 * All documents, newest first. While older purchases were not read, it ends with the oldest purchase that was: an older receipt may
 * belong between the documents before it.
 */
export function documentsOf({
  invoices,
  creditNotes,
  purchases,
  hasOlder,
}: Found): readonly BillingDocument[] {
  const receipts = purchases.flatMap<BillingDocument>((purchase) => {
    const { receipt, purchaseId } = purchase
    if (receipt === undefined) return []
    return [{ kind: 'receipt', key: `receipt ${purchaseId}`, issuedAt: receipt.issuedAt, receipt, purchase }]
  })
  const all: readonly BillingDocument[] = [
    ...invoices.map((invoice) => {
      const { number, issuedAt } = invoice
      return { kind: 'invoice', key: `invoice ${number}`, issuedAt, invoice } as const
    }),
    ...creditNotes.map((creditNote) => {
      const { number, issuedAt } = creditNote
      return { kind: 'creditNote', key: `credit note ${number}`, issuedAt, creditNote } as const
    }),
    ...receipts,
  ]
  const oldest = hasOlder ? (purchases.at(-1)?.purchasedAt ?? '') : ''
  return all
    .filter(({ issuedAt }) => Date.parse(issuedAt) >= (oldest === '' ? 0 : Date.parse(oldest)))
    .toSorted((a, b) => Date.parse(b.issuedAt) - Date.parse(a.issuedAt))
}
