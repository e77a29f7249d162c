import priceTable from '../prices.json' with { type: 'json' }

const { fixed } = priceTable

/** What a stage `prod` costs in a month in which nobody calls anything, in USD; a test holds the numbers to its templates. */
export function fixedUsd(): number {
  return Object.values(fixed).reduce((sum, { number, usd }) => sum + number * usd, 0)
}

/** The same in one line of Markdown. */
export function toFixedText(): string {
  const parts = Object.values(fixed).map(
    ({ of, number, usd }) => `${number} ${of} ${(number * usd).toFixed(2)}`,
  )
  return `Fixed, and not in the table: ${parts.join(', ')}; together ${fixedUsd().toFixed(2)} USD a month in a stage \`prod\` †.`
}
