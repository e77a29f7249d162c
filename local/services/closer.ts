/** Stops everything that was started, in reverse order, once. A failure does not prevent the other steps. */
export class Closer {
  private readonly steps: (() => Promise<void>)[] = []

  add(step: () => Promise<void>): void {
    this.steps.push(step)
  }

  async close(): Promise<void> {
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop())
      await step().catch(() => undefined)
  }
}
