/** Undoes what was started, the last first, once. What fails does not keep the rest from being undone. */
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
