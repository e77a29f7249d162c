/** A 32-bit FNV-1a checksum: it finds bytes that were written in part, or that a disk lost. It is never 0. */
export function checksumOf(bytes: Uint8Array): number {
  let sum = 0x811c9dc5
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193)
  return sum >>> 0 || 1
}
