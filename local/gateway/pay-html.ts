import { createHash } from 'node:crypto'
import { parsePaymentReference } from '../../core/account/payment-reference.ts'
import { paidForText } from '../../core/texts/failed-payment-text.ts'
import type { Language } from '../../core/texts/texts-model.ts'

export interface PayFacts {
  readonly path: string
  readonly team: string
  readonly reference?: string | undefined
  readonly return: string
  readonly language: Language
  readonly details: { readonly name: string; readonly paymentMethod: 'credit-card' | 'paypal' | 'none' }
  /** The amount that is open; absent where nothing is. */
  readonly usdCents?: number | undefined
}

const texts = {
  en: {
    title: 'Payment sandbox',
    about: 'This page plays the payment processor on this machine. No card is charged.',
    team: 'Team',
    for: 'For',
    amount: 'Amount',
    method: 'Payment method now',
    methods: { 'credit-card': 'Credit card', paypal: 'PayPal', none: 'None' },
    payTitle: 'Pay now',
    pay: (usd: string) => `Pay ${usd} with a test card`,
    decline: 'Decline the payment',
    paid: 'There is nothing open under this reference.',
    changeTitle: 'Use another payment method',
    change: 'It is used from now on, and its payments succeed.',
    card: 'Use a test credit card',
    paypal: 'Use a PayPal test account',
    back: 'Cancel and go back',
  },
  ja: {
    title: 'お支払いサンドボックス',
    about: 'このマシン上で決済サービスの代わりをするページです。実際の請求は発生しません。',
    team: 'チーム',
    for: '内容',
    amount: '金額',
    method: '現在のお支払い方法',
    methods: { 'credit-card': 'クレジットカード', paypal: 'PayPal', none: 'なし' },
    payTitle: '今すぐ支払う',
    pay: (usd: string) => `テスト用カードで ${usd} を支払う`,
    decline: 'お支払いを失敗させる',
    paid: 'この支払い番号で未払いのものはありません。',
    changeTitle: '別のお支払い方法を使う',
    change: '今後のお支払いに使われ、そのお支払いは成功します。',
    card: 'テスト用クレジットカードを使う',
    paypal: 'PayPal のテスト用アカウントを使う',
    back: 'キャンセルして戻る',
  },
} as const

const style = `:root{color-scheme:light dark;font:1rem/1.6 system-ui,sans-serif}
body{max-inline-size:34rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word}
.sandbox{padding:.5rem .75rem;border-inline-start:4px solid #b45309;background:color-mix(in srgb,#b45309 12%,Canvas)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dd{margin:0;font-weight:600}
form{display:flex;flex-wrap:wrap;gap:.5rem}button{min-block-size:2.5rem;padding:.25rem 1rem;font:inherit}
h1{font-size:1.5rem}h2{font-size:1.125rem}`

const styleHash = createHash('sha256').update(style).digest('base64')

/** It has one style, no script, and posts to itself alone. A form's `Origin` needs a referrer policy that sends one. */
export const payHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** The sandbox's page: what is paid, and the ways to end the payment. Every text of a caller is escaped. */
export function payHtml(facts: PayFacts): string {
  const { language, reference, usdCents, details } = facts
  const words = texts[language]
  const usd = usdCents === undefined ? undefined : dollars(usdCents, language)
  const rows = [
    [words.team, details.name],
    [words.method, words.methods[details.paymentMethod]],
    ...(reference === undefined ? [] : [[words.for, subject(reference, language)]]),
    ...(usd === undefined ? [] : [[words.amount, usd]]),
  ]
  const pay =
    usd === undefined
      ? `<p>${words.paid}</p>`
      : form(facts, [
          ['pay', words.pay(usd)],
          ['decline', words.decline],
        ])
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${words.title}</title><style>${style}</style></head><body><main>
<h1>${words.title}</h1>
<p class="sandbox">${words.about}</p>
<dl>${rows.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
${reference === undefined ? '' : `<h2>${words.payTitle}</h2>${pay}`}
<h2>${words.changeTitle}</h2><p>${words.change}</p>
${form(facts, [
  ['credit-card', words.card],
  ['paypal', words.paypal],
])}
<p><a href="${escapeHtml(facts.return)}">${words.back}</a></p>
</main></body></html>
`
}

/** A form that posts the question again, with the button that was pressed. */
function form(
  { path, team, reference, return: back, language }: PayFacts,
  acts: readonly (readonly [act: string, label: string])[],
): string {
  const hidden = Object.entries({ team, reference, return: back, language }).map(([name, value]) =>
    value === undefined ? '' : `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  )
  const buttons = acts.map(
    ([act, label]) => `<button name="act" value="${act}">${escapeHtml(label)}</button>`,
  )
  return `<form method="post" action="${path}">${hidden.join('')}${buttons.join('')}</form>`
}

function subject(reference: string, language: Language): string {
  return paidForText(language, parsePaymentReference(reference).paidFor, (period) => period)
}

function dollars(usdCents: number, language: Language): string {
  const locale = language === 'ja' ? 'ja-JP' : 'en-US'
  return new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' }).format(usdCents / 100)
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => escapes[char] ?? char)
}
