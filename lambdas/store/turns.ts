/** Runs work on the same key one after the other within this instance; work on different keys does not wait. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>()

  /** Runs `work` when all earlier work on `key` has ended, well or badly. */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.last.get(key) ?? Promise.resolve()).then(work)
    const ended = mine.then(
      () => {},
      () => {},
    )
    this.last.set(key, ended)
    try {
      return await mine
    } finally {
      if (this.last.get(key) === ended) this.last.delete(key)
    }
  }
}
