/** Tokens and money are two currencies: both are written, and never added. */
export interface Cost {
  readonly tokens: number
  /** Absent for a developer, who sees no money. */
  readonly usdCents?: number | undefined
}

interface CostWords {
  tokens(amount: number): string
  usd(usdCents: number): string
}

/** Writes a cost such as "12 tokens + $45.00". A currency without an amount is left out where the other has one. */
export function costText({ tokens, usdCents }: Cost, words: CostWords): string {
  if (usdCents === undefined || (usdCents === 0 && tokens !== 0)) return words.tokens(tokens)
  return tokens === 0 ? words.usd(usdCents) : `${words.tokens(tokens)} + ${words.usd(usdCents)}`
}

/** Writes the difference of two costs, each currency with its sign; "±0" for none. */
export function changeText(now: Cost, before: Cost, words: CostWords): string {
  const tokens = Math.round((now.tokens - before.tokens) * 1_000) / 1_000
  const usdCents = (now.usdCents ?? 0) - (before.usdCents ?? 0)
  const parts = [
    ...(tokens === 0 ? [] : [`${signOf(tokens)}${words.tokens(Math.abs(tokens))}`]),
    ...(usdCents === 0 ? [] : [`${signOf(usdCents)}${words.usd(Math.abs(usdCents))}`]),
  ]
  return parts.length === 0 ? '±0' : parts.join(', ')
}

export const signOf = (amount: number): string => (amount < 0 ? '−' : '+')
