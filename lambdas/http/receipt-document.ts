import type { ReceiptAnswer } from '../../contract/get-receipt.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { countryName, dayOf, paperToHtml, usd } from './paper.ts'

const texts = {
  en: {
    receipt: 'Receipt',
    team: 'Team',
    country: 'Country',
    bought: 'Bought',
    issued: 'Paid and issued',
    reference: 'Payment reference',
    item: 'Item',
    flexTokens: 'Flex tokens',
    quantity: 'Quantity',
    price: 'Unit price',
    amount: 'Amount',
    total: 'Total paid',
  },
  ja: {
    receipt: '領収書',
    team: 'チーム',
    country: '国',
    bought: '購入日',
    issued: '支払い・発行日',
    reference: '支払い番号',
    item: '品目',
    flexTokens: 'Flexトークン',
    quantity: '数量',
    price: '単価',
    amount: '金額',
    total: 'お支払い済みの合計',
  },
} as const

/** The receipt of a purchase as a page to print. */
export function receiptToHtml(receipt: ReceiptAnswer, language: Language): string {
  const text = texts[language]
  const money = (usdCents: number) => usd(usdCents, language)
  const { number, teamName, country, purchasedAt, issuedAt, paymentReference, tokens } = receipt
  return paperToHtml({
    language,
    title: `${text.receipt} ${number}`,
    facts: [
      [text.team, teamName],
      [text.country, countryName(country, language)],
      [text.bought, dayOf(purchasedAt)],
      [text.issued, dayOf(issuedAt)],
      [text.reference, paymentReference],
    ],
    columns: [text.item, text.quantity, text.price, text.amount],
    rows: [[text.flexTokens, String(tokens), money(receipt.unitPriceUsdCents), money(receipt.usdCents)]],
    sums: [[text.total, money(receipt.usdCents)]],
  })
}
