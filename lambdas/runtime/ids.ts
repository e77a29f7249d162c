import { randomFillSync } from 'node:crypto'
import { type Clock, systemClock } from './clock.ts'

export interface Ids {
  /** A new id of the ordinary id alphabet: the prefix, then 26 characters that sort by time. */
  next(prefix: string): string
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const timeChars = 10
const randomChars = 16

/** Ids of 50 bits of time and 80 random bits. */
export function makeIds(clock: Clock = systemClock): Ids {
  return { next: (prefix) => `${prefix}${timePart(clock.now())}${randomPart()}` }
}

function timePart(now: number): string {
  let rest = now
  let text = ''
  for (let i = 0; i < timeChars; i++) {
    text = alphabet.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  return text
}

function randomPart(): string {
  return Array.from(randomFillSync(new Uint8Array(randomChars)), (byte) => alphabet.charAt(byte % 32)).join(
    '',
  )
}
