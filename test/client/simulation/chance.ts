import { seededRandom } from '../../../bench/model/seeded.ts'

/** The chance of one seed. Each part of a world has a separate stream, so that a change of one part leaves the others alone. */
export class Chance {
  readonly next: () => number

  constructor(seed: number) {
    this.next = seededRandom(Math.imul(seed, 0x9e3779b1))
  }

  isTrue(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number from `least` up to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least)
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[this.whole(0, values.length - 1)] ?? values[0]
  }

  /** Milliseconds until the next of events that come `perSecond` on average, by chance. */
  pause(perSecond: number): number {
    return (-Math.log(1 - this.next()) / perSecond) * 1_000
  }
}
