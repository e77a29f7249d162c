import type { InvoiceAnswer } from '../../contract/invoice.ts'
import { meterName } from '../../core/texts/meter-names.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { countryName, dayOf, type Fact, paperToHtml, usd } from './paper.ts'

const texts = {
  en: {
    invoice: 'Invoice',
    number: 'Number',
    team: 'Team',
    country: 'Country',
    period: 'Period',
    issued: 'Issued',
    status: 'Status on issue',
    reference: 'Payment reference',
    meter: 'Meter',
    units: 'Charged units',
    price: 'Unit price',
    amount: 'Amount',
    late: (units: number) => `of these ${units} late`,
    otherPrices: 'several prices',
    total: 'Total',
    carriedIn: 'Carried from earlier invoices',
    credit: 'Credit',
    carried: 'Too small to be paid now: carried to a later invoice',
    due: 'To pay',
    note: 'Partial units are never billed; they are carried forward.',
    payBy: (day: string) => `due by ${day}`,
    isCarried: 'carried to a later invoice',
    isCredited: 'paid from credit',
    isFree: 'nothing to pay',
  },
  ja: {
    invoice: '請求書',
    number: '番号',
    team: 'チーム',
    country: '国',
    period: '対象月',
    issued: '発行日',
    status: '発行時の状態',
    reference: '支払い番号',
    meter: 'メーター',
    units: '課金単位',
    price: '単価',
    amount: '金額',
    late: (units: number) => `うち前月以前分 ${units}`,
    otherPrices: '複数の単価',
    total: '合計',
    carriedIn: '以前の請求書からの繰越額',
    credit: 'クレジット',
    carried: '少額のため、以後の請求書に繰り越し',
    due: 'お支払い額',
    note: '課金単位に満たない使用量は請求されず、繰り越されます。',
    payBy: (day: string) => `未払い (支払期限 ${day})`,
    isCarried: '以後の請求書に繰り越し',
    isCredited: 'クレジットで支払い済み',
    isFree: 'お支払いは不要',
  },
} as const

/** An invoice as a page to print, in the state in which it was issued. */
export function invoiceToHtml(invoice: InvoiceAnswer, language: Language): string {
  const text = texts[language]
  const money = (usdCents: number) => usd(usdCents, language)
  const { carriedInUsdCents = 0, carriedUsdCents = 0 } = invoice
  const sums: readonly Fact[] = [
    [text.total, money(invoice.usdCents)],
    ...(carriedInUsdCents > 0 ? [[text.carriedIn, money(carriedInUsdCents)] as const] : []),
    ...(invoice.creditUsdCents > 0 ? [[text.credit, money(-invoice.creditUsdCents)] as const] : []),
    ...(carriedUsdCents > 0 ? [[text.carried, money(-carriedUsdCents)] as const] : []),
    [text.due, money(invoice.dueUsdCents)],
  ]
  return paperToHtml({
    language,
    title: `${text.invoice} ${invoice.invoiceId}`,
    facts: [
      [text.number, String(invoice.number)],
      [text.team, invoice.teamName],
      [text.country, countryName(invoice.country, language)],
      [text.period, invoice.period],
      [text.issued, dayOf(invoice.issuedAt)],
      [text.status, statusText(invoice, language)],
      ...(invoice.dueUsdCents > 0 ? [[text.reference, invoice.paymentReference] as const] : []),
    ],
    columns: [text.meter, text.units, text.price, text.amount],
    rows: invoice.lines.map(({ meter, units, unitPriceUsdCents, usdCents, lateUnits }) => [
      meterName(meter, language) ?? meter,
      lateUnits === undefined ? String(units) : `${units} (${text.late(lateUnits)})`,
      unitPriceUsdCents === undefined ? text.otherPrices : money(unitPriceUsdCents),
      money(usdCents),
    ]),
    sums,
    note: text.note,
  })
}

function statusText(
  { payBy, carriedUsdCents = 0, creditUsdCents }: InvoiceAnswer,
  language: Language,
): string {
  const text = texts[language]
  if (payBy !== undefined) return text.payBy(dayOf(payBy))
  if (carriedUsdCents > 0) return text.isCarried
  return creditUsdCents > 0 ? text.isCredited : text.isFree
}

/** RFC 4180, a row per line. Meters and periods contain nothing that needs quoting. */
export function invoiceToCsv({ invoiceId, period, lines }: InvoiceAnswer): string {
  const rows = lines.map(({ meter, units, unitPriceUsdCents, usdCents, lateUnits }) =>
    [invoiceId, period, meter, units, unitPriceUsdCents ?? '', usdCents, lateUnits ?? 0].join(','),
  )
  return ['invoiceId,period,meter,units,unitPriceUsdCents,usdCents,lateUnits', ...rows, ''].join('\r\n')
}
