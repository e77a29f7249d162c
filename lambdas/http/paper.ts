import type { Language } from '../../core/texts/texts-model.ts'

/** A document to print: facts, a table of columns, and sums below its last column. Cells are plain text. */
export interface Paper {
  readonly language: Language
  readonly title: string
  readonly facts: readonly Fact[]
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly sums: readonly Fact[]
  readonly note?: string
}

export type Fact = readonly [name: string, value: string]

/** The headers of a page to print: it runs and loads nothing. */
export const paperHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
}

/** A page to print. It has no script, and every text is escaped. */
export function paperToHtml({ language, title, facts, columns, rows, sums, note }: Paper): string {
  const cells = (tag: 'td' | 'th', texts: readonly string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('')}</tr>`
  const sum = ([name, value]: Fact) =>
    `<tr><th colspan="${columns.length - 1}">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`
  const fact = ([name, value]: Fact) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>${style}</style></head><body>
<h1>${escapeHtml(title)}</h1>
<dl>${facts.map(fact).join('')}</dl>
<table><thead>${cells('th', columns)}</thead>
<tbody>${rows.map((row) => cells('td', row)).join('\n')}</tbody>
<tfoot>${sums.map(sum).join('')}</tfoot></table>
${note === undefined ? '' : `<p>${escapeHtml(note)}</p>\n`}</body></html>
`
}

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto}' +
  'table{border-collapse:collapse;width:100%}th,td{padding:.4rem;border-bottom:1px solid #ccc;text-align:right}' +
  'th:first-child,td:first-child{text-align:left}dl{display:grid;grid-template-columns:10rem 1fr}dd{margin:0}'

/** US dollars as the language writes them. A minus zero is shown as zero. */
export function usd(usdCents: number, language: Language): string {
  const format = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency: 'USD' })
  return format.format(usdCents === 0 ? 0 : usdCents / 100)
}

/** The name of a country in the language; its code where there is none. */
export function countryName(country: string, language: Language): string {
  const names = new Intl.DisplayNames(localeOf(language), { type: 'region', fallback: 'code' })
  return /^[A-Z]{2}$/.test(country) ? (names.of(country) ?? country) : country
}

/** The day of an instant, in UTC: `2026-03-03`. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10)
}

function localeOf(language: Language): string {
  return language === 'ja' ? 'ja-JP' : 'en-US'
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
