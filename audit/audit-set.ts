import { hash } from 'node:crypto'

const modulus = 2 ** 48

/** A set of texts, stored as a count and a sum of hashes. Equal sets have equal sums in any order. */
export class Fingerprint {
  private count = 0
  private sum = 0

  add(text: string): void {
    this.count += 1
    this.sum = (this.sum + hash('sha256', text, 'buffer').readUIntBE(0, 6)) % modulus
  }

  equals(other: Fingerprint): boolean {
    return this.count === other.count && this.sum === other.sum
  }
}
