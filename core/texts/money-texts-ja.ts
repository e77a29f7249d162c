import { afterPaymentMethod, payAsYouGoIn, unmetText } from './money-facts.ts'
import type { TextFacts } from './texts-model.ts'

const eligibility: Readonly<Record<string, string>> = {
  country: 'チームの国では後払いを提供していません',
  'payment-method': 'クレジットカードまたは PayPal が登録されていません',
  standing: 'チームのアカウントが良好な状態ではありません',
}

/** The words for all conditions of pay-as-you-go that fail; undefined where no facts name any. */
export const eligibilityText = (facts: TextFacts): string | undefined => unmetText(facts, eligibility, '。')

const setMethod = 'チームの管理者がチームのお支払い方法にクレジットカードまたは PayPal を登録'

/** The reason why pay-as-you-go, which the team has chosen, does not pay; empty where it can. */
export const lapsedText = (facts: TextFacts): string =>
  payAsYouGoIn(facts) === 'lapsed'
    ? `後払い(従量課金)を選択していますが、お支払いに使用できません: ${eligibilityText(facts)}。`
    : ''

/** The acts that pay: tokens, and pay-as-you-go where the team may have it. */
export function payText(facts: TextFacts): string {
  const isFirstMethod = afterPaymentMethod(facts)
  switch (payAsYouGoIn(facts)) {
    case 'off':
      return isFirstMethod
        ? `${setMethod}してから、Flexトークンを購入するか、後払い(従量課金)を有効にしてください。`
        : 'チームの管理者が Flexトークンを購入するか、後払い(従量課金)を有効にしてください。'
    case 'on':
      return 'チームの管理者が Flexトークンを購入するか、支出上限を引き上げてください。'
    case 'unavailable':
      return isFirstMethod
        ? `${setMethod}してから、Flexトークンを購入してください。`
        : 'チームの管理者が Flexトークンを購入してください。'
    case 'lapsed':
      return isFirstMethod
        ? `${setMethod}してください。後払い(従量課金)の条件をすべて満たすと、支出上限まで再びお支払いに使用されます。登録後は Flexトークンの購入もできます。`
        : 'チームの管理者が Flexトークンを購入してください。後払い(従量課金)の条件を再びすべて満たすと、支出上限まで再びお支払いに使用されます。'
  }
}

/** The act against a used-up free amount. */
export function choosePaidText(facts: TextFacts): string {
  const isOffered = ['on', 'off'].includes(payAsYouGoIn(facts))
  const paying = isOffered ? '十分な Flexトークンまたは後払い(従量課金)' : '十分な Flexトークン'
  return afterPaymentMethod(facts)
    ? `${setMethod}してから、${paying}のある有料プランに登録してください。`
    : `チームの管理者が、${paying}のある有料プランに登録してください。`
}
