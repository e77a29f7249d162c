import type { InvoiceAnswer } from '../../contract/invoice.ts'
import type { Language } from '../../core/texts/texts-model.ts'

const texts = {
  en: {
    invoice: 'Invoice',
    team: 'Team',
    period: 'Period',
    issued: 'Issued',
    status: 'Status',
    meter: 'Meter',
    units: 'Charged units',
    price: 'Unit price',
    amount: 'Amount',
    late: (units: number) => `of these ${units} late`,
    total: 'Total',
    carriedIn: 'Carried from earlier invoices',
    credit: 'Credit',
    carried: 'Too small to be paid now: carried to a later invoice',
    due: 'To pay',
    note: 'Partial units are never billed; they are carried forward.',
    statuses: { due: 'due', paid: 'paid', overdue: 'overdue', carried: 'carried', refunded: 'refunded' },
  },
  ja: {
    invoice: '請求書',
    team: 'チーム',
    period: '対象月',
    issued: '発行日',
    status: '状態',
    meter: 'メーター',
    units: '課金単位',
    price: '単価',
    amount: '金額',
    late: (units: number) => `うち前月以前分 ${units}`,
    total: '合計',
    carriedIn: '以前の請求書からの繰越額',
    credit: 'クレジット',
    carried: '少額のため、以後の請求書に繰り越し',
    due: 'お支払い額',
    note: '課金単位に満たない使用量は請求されず、繰り越されます。',
    statuses: {
      due: '未払い',
      paid: '支払い済み',
      overdue: '支払い遅延',
      carried: '繰越',
      refunded: '返金済み',
    },
  },
} as const

/** A page to print. It has no script, and every name that a customer has chosen is escaped. */
export function invoiceToHtml(invoice: InvoiceAnswer, language: Language): string {
  const text = texts[language]
  const money = (usdCents: number) => usd(usdCents, language)
  const facts = [
    [text.team, `${invoice.teamName} (${invoice.teamId})`],
    [text.period, invoice.period],
    [text.issued, invoice.issuedAt.slice(0, 10)],
    [text.status, text.statuses[invoice.status]],
  ]
  const rows = invoice.lines.map(({ meter, units, unitPriceUsdCents, usdCents, lateUnits }) => {
    const price = unitPriceUsdCents === undefined ? '' : money(unitPriceUsdCents)
    const late = lateUnits === undefined ? '' : ` (${text.late(lateUnits)})`
    return `<tr><td>${escapeHtml(meter)}</td><td>${units}${late}</td><td>${price}</td><td>${money(usdCents)}</td></tr>`
  })
  const { carriedInUsdCents = 0, carriedUsdCents = 0 } = invoice
  const sums: readonly (readonly [name: string, usdCents: number])[] = [
    [text.total, invoice.usdCents],
    ...(carriedInUsdCents > 0 ? [[text.carriedIn, carriedInUsdCents] as const] : []),
    // A row of nothing would show a minus zero.
    ...(invoice.creditUsdCents > 0 ? [[text.credit, -invoice.creditUsdCents] as const] : []),
    ...(carriedUsdCents > 0 ? [[text.carried, -carriedUsdCents] as const] : []),
    [text.due, invoice.dueUsdCents],
  ]
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(`${text.invoice} ${invoice.invoiceId}`)}</title>
<style>${style}</style></head><body>
<h1>${text.invoice} ${escapeHtml(invoice.invoiceId)}</h1>
<dl>${facts.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
<table><thead><tr><th>${text.meter}</th><th>${text.units}</th><th>${text.price}</th><th>${text.amount}</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
<tfoot>${sums.map(([name, cents]) => `<tr><th colspan="3">${name}</th><td>${money(cents)}</td></tr>`).join('')}</tfoot></table>
<p>${text.note}</p>
</body></html>
`
}

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto}' +
  'table{border-collapse:collapse;width:100%}th,td{padding:.4rem;border-bottom:1px solid #ccc;text-align:right}' +
  'th:first-child,td:first-child{text-align:left}dl{display:grid;grid-template-columns:8rem 1fr}dd{margin:0}'

/** RFC 4180, a row per line. Meters and periods contain nothing that needs quoting. */
export function invoiceToCsv({ invoiceId, period, lines }: InvoiceAnswer): string {
  const rows = lines.map(({ meter, units, unitPriceUsdCents, usdCents, lateUnits }) =>
    [invoiceId, period, meter, units, unitPriceUsdCents ?? '', usdCents, lateUnits ?? 0].join(','),
  )
  return ['invoiceId,period,meter,units,unitPriceUsdCents,usdCents,lateUnits', ...rows, ''].join('\r\n')
}

function usd(usdCents: number, language: Language): string {
  const locale = language === 'ja' ? 'ja-JP' : 'en-US'
  return new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' }).format(usdCents / 100)
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
