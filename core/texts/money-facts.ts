import type { TextFacts } from './texts-model.ts'

/**
 * The state of pay-as-you-go. `lapsed`: it is chosen, and a condition fails. `unavailable`: it is not chosen, and a condition
 * other than the payment method fails. `off`: the team can enable it, if need be after it has set a payment method.
 */
export type PayAsYouGoIn = 'on' | 'off' | 'lapsed' | 'unavailable'

const paymentMethod = 'payment-method'

/** The state of pay-as-you-go in the facts of a text. */
export function payAsYouGoIn({ payAsYouGo = false, unmet = [] }: TextFacts): PayAsYouGoIn {
  if (payAsYouGo) return unmet.length === 0 ? 'on' : 'lapsed'
  return unmet.every((condition) => condition === paymentMethod) ? 'off' : 'unavailable'
}

/** True if nothing can be bought before the team has a payment method. */
export function afterPaymentMethod({ unmet = [] }: TextFacts): boolean {
  return unmet.includes(paymentMethod)
}

/** The words for all conditions that fail; undefined where no facts name any. */
export function unmetText(
  { unmet = [] }: TextFacts,
  words: Readonly<Record<string, string>>,
  separator: string,
): string | undefined {
  if (unmet.length === 0) return undefined
  return unmet.map((condition) => words[condition] ?? condition).join(separator)
}
