import type { Disturbance } from './columns.ts'
import type { Exchange } from './fault-proxy.ts'

/** Before the engine gets a request (counted from 1), or after it has done it. */
export interface Point {
  readonly point: number
  readonly isAfter: boolean
}

/** Holds each operation at its point until all others have reached theirs or have ended. Then something dies. */
export class Barrier {
  /** Resolves when every operation is held or has left. */
  readonly isFull: Promise<void>
  private readonly isOpen: Promise<void>
  private missing: number
  private fill: () => void = () => {}
  private release: () => void = () => {}

  constructor(size: number) {
    this.missing = size
    this.isFull = new Promise((resolve) => {
      this.fill = resolve
    })
    this.isOpen = new Promise((resolve) => {
      this.release = resolve
    })
  }

  /** Cuts the connection of every held operation. */
  open(): void {
    this.release()
  }

  /** Adds an operation. It must leave when it ends. */
  place({ point, isAfter }: Point): { readonly disturbance: Disturbance; readonly leave: () => void } {
    let isWaitedFor = true
    const leave = () => {
      if (isWaitedFor) this.missing -= 1
      isWaitedFor = false
      if (this.missing === 0) this.fill()
    }
    const hold = async (exchange: Exchange) => {
      if (isAfter) await exchange.forward()
      leave()
      await this.isOpen
      exchange.reset()
    }
    const where = `${isAfter ? 'after' : 'before'} request ${point}`
    return { leave, disturbance: { where, plan: (_, count) => (count === point ? hold : undefined) } }
  }
}
