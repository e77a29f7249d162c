import type { Settler } from './settler.ts'
import type { Team } from './team.ts'

/** The most apps whose team is remembered. */
const appsMax = 100_000

/** The team of each app, as answers name it. Until then, the app stands for a team by itself. */
export class TeamNames {
  readonly #settler: Settler
  readonly #byApp = new Map<string, string>()

  constructor(settler: Settler) {
    this.#settler = settler
  }

  teamOf(appId: string, teamId: string | undefined): Team {
    if (teamId !== undefined) this.#remember(appId, teamId)
    const known = this.#byApp.get(appId)
    return this.#settler.team(known === undefined ? `app:${appId}` : `team:${known}`)
  }

  #remember(appId: string, teamId: string): void {
    this.#byApp.set(appId, teamId)
    const [oldest] = this.#byApp.keys()
    if (this.#byApp.size > appsMax && oldest !== undefined) this.#byApp.delete(oldest)
  }
}
