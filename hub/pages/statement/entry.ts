import type { EntriesAnswer as Entries } from '../../../contract/list-entries.ts'

export type Entry = Entries['entries'][number]
export type Kind = Entry['kind']
export type EntryOf<K extends Kind> = Extract<Entry, { readonly kind: K }>
export type Charge = EntryOf<'usage'>['charges'][number]

/** The filters that the URL of a statement may contain. */
export const filterNames = ['kind', 'app', 'api', 'meter', 'source', 'day', 'period', 'lotId'] as const
export type FilterName = (typeof filterNames)[number]
export type StatementFilters = Readonly<Partial<Record<FilterName, string>>>

export const sources = ['flex', 'pay-as-you-go', 'shortfall'] as const

const named: Readonly<Record<Kind, true>> = {
  usage: true,
  authorization: true,
  capture: true,
  void: true,
  purchase: true,
  payment: true,
  'payment-requested': true,
  'payment-recovery': true,
  'purchase-given-up': true,
  'tokens-taken-back': true,
  reversal: true,
  'lot-granted': true,
  'lot-expiring': true,
  'lot-expired': true,
  'period-started': true,
  'period-closed': true,
  'plan-changed': true,
  'limit-set': true,
  'budget-made': true,
  'budget-revoked': true,
  'app-moved': true,
  'hub-named': true,
  'team-changed': true,
  'campaign-notice': true,
  'alert-noted': true,
  'subscriptions-changed': true,
  suspended: true,
  resumed: true,
  adjustment: true,
  'personal-data-erased': true,
}

/** Every kind of entry, in the order shown. */
export const kinds = Object.keys(named) as readonly Kind[]

/** Returns the charges of an entry for new usage. */
export function chargesOf(entry: Entry): readonly Charge[] {
  return 'charges' in entry ? entry.charges : []
}

/** Returns the charges that a reversal takes back. */
export function returnedOf(entry: Entry): readonly Charge[] {
  return entry.kind === 'reversal' ? entry.returned : []
}

/** Returns the charges of an entry for older, unpaid usage. */
export function paidShortfallOf(entry: Entry): readonly Charge[] {
  return 'paidShortfall' in entry ? (entry.paidShortfall ?? []) : []
}
