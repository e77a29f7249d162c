import { randomInt } from 'node:crypto'

/**
 * An address of this machine that a page in its browser cannot guess. What listens there has no key and answers every origin, so
 * a page that found it could rewrite balances. An address and a port are one of more than 2³⁸ places.
 */
export function hiddenHost(): string {
  return `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`
}
