import { Busy } from './busy.ts'
import { logFailure } from './log.ts'

/** The most failures that one run logs, so that an outage does not write a line for each team. */
const loggedMax = 20

/** The failures of single teams in a run that goes on with the other teams. */
export class Failures {
  private readonly errors: unknown[] = []
  private readonly name: string

  /** `name` names the run in the log. */
  constructor(name: string) {
    this.name = name
  }

  get count(): number {
    return this.errors.length
  }

  add(teamId: string, error: unknown): void {
    this.errors.push(error)
    if (this.errors.length <= loggedMax) logFailure(this.name, { teamId }, error)
  }

  /** Ends a run: throws if a team failed. Throws Busy if every failed team was only busy. */
  throwIfAny(): void {
    if (this.errors.length === 0) return
    if (this.errors.every((error) => error instanceof Busy)) throw new Busy()
    const cause = this.errors.find((error) => !(error instanceof Busy))
    throw new Error(`${this.name}: ${this.errors.length} teams failed`, { cause })
  }
}
