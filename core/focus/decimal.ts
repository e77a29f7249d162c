/** A number with a fixed number of decimals: `digits` / 10 ** `places`. It is exact at any size. */
export interface Decimal {
  readonly digits: bigint
  readonly places: number
}

/** US cents. */
export const cents = (amount: number): Decimal => ({ digits: BigInt(amount), places: 2 })
/** Thousandths of tokens. */
export const milli = (amount: number): Decimal => ({ digits: BigInt(amount), places: 3 })
/** Whole units. */
export const wholeUnits = (amount: number): Decimal => ({ digits: BigInt(amount), places: 0 })

/** The exact product of two numbers. */
export function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, places: a.places + b.places }
}

export function negative({ digits, places }: Decimal): Decimal {
  return { digits: -digits, places }
}

/** More decimals than this in a quantity help no reader. */
const quotientPlacesMax = 9

/** `part` / `whole` as a number of few decimals; undefined where none is exact, as for one third. */
export function quotient(part: number, whole: number): Decimal | undefined {
  for (let places = 0; places <= quotientPlacesMax; places += 1) {
    const scaled = BigInt(part) * 10n ** BigInt(places)
    if (scaled % BigInt(whole) === 0n) return { digits: scaled / BigInt(whole), places }
  }
  return undefined
}

/** The number as text with at least two decimals, and no zeros after those: readers infer a column's type from its first rows. */
export function decimalText({ digits, places }: Decimal): string {
  const sign = digits < 0n ? '-' : ''
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0')
  const whole = text.slice(0, text.length - places)
  const fraction = text.slice(text.length - places).replace(/0+$/, '')
  return `${sign}${whole}.${fraction.padEnd(2, '0')}`
}
