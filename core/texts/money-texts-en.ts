import { afterPaymentMethod, payAsYouGoIn, unmetText } from './money-facts.ts'
import type { TextFacts } from './texts-model.ts'

const eligibility: Readonly<Record<string, string>> = {
  country: "pay-as-you-go is not offered in the team's country",
  'payment-method': 'the team has neither a credit card nor PayPal as its payment method',
  standing: "the team's account is not in good standing",
}

/** The words for all conditions of pay-as-you-go that fail; undefined where no facts name any. */
export const eligibilityText = (facts: TextFacts): string | undefined =>
  unmetText(facts, eligibility, ', and ')

const setMethod = "A team admin sets a credit card or PayPal as the team's payment method"

/** The reason why pay-as-you-go, which the team has chosen, does not pay; empty where it can. */
export const lapsedText = (facts: TextFacts): string =>
  payAsYouGoIn(facts) === 'lapsed'
    ? ` Pay-as-you-go is chosen, but cannot pay: ${eligibilityText(facts)}.`
    : ''

/** The acts that pay: tokens, and pay-as-you-go where the team may have it. */
export function payText(facts: TextFacts): string {
  const isFirstMethod = afterPaymentMethod(facts)
  switch (payAsYouGoIn(facts)) {
    case 'off':
      return isFirstMethod
        ? `${setMethod}, and then buys Flex tokens or enables pay-as-you-go.`
        : 'A team admin buys Flex tokens or enables pay-as-you-go.'
    case 'on':
      return 'A team admin buys Flex tokens or raises the spend limit.'
    case 'unavailable':
      return isFirstMethod ? `${setMethod}, and then buys Flex tokens.` : 'A team admin buys Flex tokens.'
    case 'lapsed':
      return isFirstMethod
        ? `${setMethod}. Once all conditions of pay-as-you-go are met, it pays again, up to the spend limit. The admin can then also buy Flex tokens.`
        : 'A team admin buys Flex tokens. Once all conditions of pay-as-you-go are met again, it pays again, up to the spend limit.'
  }
}

/** The act against a used-up free amount. */
export function choosePaidText(facts: TextFacts): string {
  const isOffered = ['on', 'off'].includes(payAsYouGoIn(facts))
  const paying = isOffered ? 'enough Flex tokens or pay-as-you-go' : 'enough Flex tokens'
  return afterPaymentMethod(facts)
    ? `${setMethod}, and then chooses the paid plan with ${paying}.`
    : `A team admin chooses the paid plan with ${paying}.`
}
