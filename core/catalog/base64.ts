const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const bitsOf = new Map([...alphabet].map((character, bits) => [character, bits]))

/** An id of an object is far shorter. */
const charsMax = 8_192

/**
 * The bytes of base64 or base64url as characters of one byte each, padded or not; undefined for any other text. (`core` runs
 * where neither `Buffer` nor `atob` may exist.)
 */
export function decodeBase64(text: string): string | undefined {
  const plain = text
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')
  if (text.length > charsMax || plain === '' || plain.length % 4 === 1) return undefined
  let decoded = ''
  let bits = 0
  let bitsLeft = 0
  for (const character of plain) {
    const value = bitsOf.get(character)
    if (value === undefined) return undefined
    bits = ((bits << 6) | value) & 0xfff
    bitsLeft += 6
    if (bitsLeft < 8) continue
    bitsLeft -= 8
    decoded += String.fromCharCode((bits >> bitsLeft) & 0xff)
  }
  return decoded
}
