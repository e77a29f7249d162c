import * as v from 'valibot'
import type { InputMessage } from './input-messages.ts'
import { isCalendarDay, parseInstant } from './instant.ts'
import { reasonCharsMax } from './reason.ts'
import { isVisible } from './visible-text.ts'

/** A rule's message is the key of its text, because texts exist in each of the caller's languages. */
/* @__NO_SIDE_EFFECTS__ */
export function say(message: InputMessage): InputMessage {
  return message
}

export const quantityMax = 1_000_000_000
export const usedMax = 1_000_000_000_000
export const usdCentsMax = 10_000_000_000
export const tokensMax = 1_000_000

/** False for `.` and `..`, which are steps in a URL's path. */
export function isNoStep(text: string): boolean {
  return text !== '.' && text !== '..'
}

/** Ids that callers choose: 1 to 64 of `A-Z a-z 0-9 . _ -`, except `.` and `..`, which are steps of a path. */
export const id = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9._-]{1,64}$/, say('id')),
  v.check(isNoStep, say('id')),
  v.description('1 to 64 of A-Z a-z 0-9 . _ -'),
)

export const meterName = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, say('lowerCaseName')),
  v.description('Lower-case letters, digits and hyphens'),
)

export const period = v.pipe(
  v.string(),
  v.regex(/^(19[7-9][0-9]|2[0-9]{3})-(0[1-9]|1[0-2])$/, say('period')),
  v.description('A calendar month in UTC, such as 2026-01'),
)

const line = /^(?=.*\S)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u

/**
 * One line of text for people, without control characters and not only spaces. Its length counts characters,
 * not UTF-16 units.
 */
/* @__NO_SIDE_EFFECTS__ */
function textLine(charsMax: number, message: InputMessage) {
  return v.pipe(
    v.string(),
    v.check((text) => line.test(text) && [...text].length <= charsMax, say(message)),
    v.check(isVisible, say('visible')),
    // Not every language can express the handler's pattern.
    v.metadata({ minLength: 1, maxLength: charsMax, pattern: '\\S' }),
    v.description('One line, without control characters'),
  )
}

export const name = textLine(100, 'name')
export const reason = textLine(reasonCharsMax, 'reason')

/** A whole number from `min` to `max`. */
/* @__NO_SIDE_EFFECTS__ */
export function whole(min: number, max: number) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max))
}

/** Tokens, or a price in tokens: at most three decimals. */
export const tokenAmount = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(tokensMax),
  v.check((tokens) => tokensToMilli(tokens) / 1000 === tokens, say('threeDecimals')),
  v.description('At most three decimals'),
)

/** Thousandths of tokens. The result is exact for amounts of at most three decimals. */
export function tokensToMilli(tokens: number): number {
  return Math.round(tokens * 1000)
}

/** RFC 3339 with an offset; parsed to epoch milliseconds. */
export const instant = v.pipe(
  v.string(),
  v.check((text) => parseInstant(text) !== undefined, say('instant')),
  v.metadata({ format: 'date-time' }),
  v.transform((text) => parseInstant(text) ?? 0),
)

/** Number of items on a page, as a query states it. */
export const pageSize = v.pipe(
  v.string(),
  v.check((text) => /^([1-9]\d?|100)$/.test(text), say('pageSize')),
  v.metadata({ type: 'integer', minimum: 1, maximum: 100 }),
  v.transform(Number),
)

export const calendarDay = v.pipe(
  v.string(),
  v.check(isCalendarDay, say('calendarDay')),
  v.metadata({ format: 'date' }),
)

const emailPattern =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

/**
 * The one form of an e-mail address, for members and for mail: without spaces around it and in lower case, so that
 * addresses that differ only there are one. Dots may be anywhere before the `@`, against RFC 5321: Japanese carriers gave
 * out such addresses.
 */
export const email = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(254, say('email')),
  v.regex(emailPattern, say('email')),
  v.toLowerCase(),
  v.description('An e-mail address; it is stored and compared in lower case'),
)

/** A list without duplicates. */
/* @__NO_SIDE_EFFECTS__ */
export function uniqueList<Schema extends v.GenericSchema<string>>(item: Schema, itemsMax: number) {
  return v.pipe(
    v.array(item),
    v.minLength(1),
    v.maxLength(itemsMax),
    v.check((items) => new Set(items).size === items.length, say('unique')),
    v.metadata({ uniqueItems: true }),
  )
}
