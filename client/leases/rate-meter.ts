/** Share of the last second in the average over about a minute. */
const averageShare = 1 / 60
/** Share of a falling rate that is left after a second. A rising rate counts at once. */
const fallingShare = 0.7

/** Measures how fast a total grows. */
export class RateMeter {
  #lately = 0
  #average = 0
  #totalBefore = 0
  #readAt: number

  constructor(now: number) {
    this.#readAt = now
  }

  /** Takes the total at an instant in milliseconds; to be called about once a second. */
  read(total: number, now: number): void {
    const seconds = Math.max(0.001, (now - this.#readAt) / 1_000)
    const perSecond = (total - this.#totalBefore) / Math.max(1, seconds)
    this.#lately = Math.max(perSecond, this.#lately * fallingShare ** seconds)
    this.#average += (perSecond - this.#average) * Math.min(1, averageShare * seconds)
    this.#totalBefore = total
    this.#readAt = now
  }

  /** Units a second, with what the running second has brought so far. */
  rates(total: number): { readonly lately: number; readonly average: number } {
    const running = total - this.#totalBefore
    return {
      lately: Math.max(this.#lately, running),
      average: Math.max(this.#average, this.#average + (running - this.#average) * averageShare),
    }
  }
}
