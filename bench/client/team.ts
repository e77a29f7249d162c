import type { Server } from './server.ts'

export const teamId = 'busy'
export const appId = 'busy-viewer'
/** Calls cost least on this meter: 300,000 for a token. */
export const meter = 'model-derivative-basic'
export const callsPerToken = 300_000

const purchaseTokens = 100
/** The team's jobs use up most of each purchase, so that the calls reach its end within the run. */
const jobMeter = 'automation-autocad'
const secondsPerToken = 720

/** The team of a run: on the paid plan, without tokens at first. */
export class Team {
  readonly #server: Server
  #purchases = 0
  /** Tokens of all purchases, and those that went to jobs. */
  bought = 0
  spentOnJobs = 0

  constructor(server: Server) {
    this.#server = server
  }

  async register(): Promise<void> {
    const profile = { name: 'The busy team', country: 'US', paymentMethod: 'credit-card', standing: 'good' }
    await this.#server.call('ops:admin', { method: 'PUT', path: `/v1/teams/${teamId}`, body: profile })
    const app = { teamId, name: 'Viewer' }
    await this.#server.call('ops:admin', { method: 'PUT', path: `/v1/apps/${appId}`, body: app })
    await this.#ask('PUT', 'hub', { name: 'Hub' })
    await this.#ask('POST', 'hub/apps', { appIds: [appId] })
    await this.#ask('PUT', 'plan', { plan: 'paid' })
  }

  /**
   * Buys 100 tokens, the least that is sold. All but `kept` go to jobs at once. Returns the instant of the purchase's answer, in
   * epoch milliseconds.
   */
  async buy(kept: number): Promise<number> {
    this.#purchases += 1
    await this.#ask('POST', 'token-purchases', {
      purchaseId: `p${this.#purchases}`,
      tokens: purchaseTokens,
    })
    const boughtAt = Date.now()
    this.bought += purchaseTokens
    if (kept < purchaseTokens) await this.#runJobs(purchaseTokens - kept)
    return boughtAt
  }

  balance(): Promise<Record<string, unknown>> {
    return this.#server.call('hub:read', { method: 'GET', path: `/v1/teams/${teamId}/balance`, team: teamId })
  }

  async #runJobs(tokens: number): Promise<void> {
    const event = {
      specversion: '1.0',
      type: 'aps.usage.v1',
      source: 'urn:aps:bench',
      id: `jobs-${this.#purchases}`,
      subject: appId,
      time: new Date().toISOString(),
      data: { meter: jobMeter, quantity: tokens * secondsPerToken },
    }
    const answer = await this.#server.call('aps:meter', { method: 'POST', path: '/v1/usage', body: [event] })
    if (!JSON.stringify(answer).includes('"recorded"')) throw new Error(`jobs: ${JSON.stringify(answer)}`)
    this.spentOnJobs += tokens
  }

  async #ask(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void> {
    await this.#server.call('hub:write', { method, path: `/v1/teams/${teamId}/${path}`, body, team: teamId })
  }
}
