import type { MissingAnswer } from '../../contract/missing.ts'
import type { RefusalAnswer } from '../../contract/refusal.ts'
import type { Sent } from './ask.ts'
import type { SetClock } from './fixtures.ts'
import type { Party, PartyAnswer } from './party.ts'

export interface SceneProfile {
  readonly country?: string
  readonly paymentMethod?: 'credit-card' | 'paypal' | 'none'
  readonly standing?: 'good' | 'bad'
}

/** A request to authorize the app `viewer`. */
export interface AskedUse {
  readonly authorizationId?: string
  readonly appId?: string
  readonly meter?: string
  readonly quantity?: number
  readonly quoteId?: string
  readonly budgetId?: string
}

const goodProfile = { country: 'US', paymentMethod: 'credit-card', standing: 'good' } as const

export const acad = 'automation-autocad'
export const jobs = 'model-derivative-complex-job'
export const simpleJobs = 'model-derivative-simple-job'

/** The team `acme` with what customers and operators do to it, through the API alone. Each act must succeed. */
export class Scene {
  readonly party: Party
  readonly clock: SetClock
  private profile: Required<SceneProfile> = goodProfile
  private count = 0

  constructor(party: Party, clock: SetClock) {
    this.party = party
    this.clock = clock
  }

  newId(): string {
    this.count += 1
    return `id-${this.count}`
  }

  async do(operationId: string, sent: Sent): Promise<PartyAnswer['body']> {
    const { status, body } = await this.party.call(operationId, sent)
    if (status >= 300) throw new Error(`${operationId}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Registers the team, or changes its profile. */
  async team(changes: SceneProfile = {}): Promise<void> {
    this.profile = { ...this.profile, ...changes }
    await this.do('registerTeam', { body: { name: 'Acme', ...this.profile } })
  }

  async app(appId = 'viewer'): Promise<void> {
    await this.do('registerApp', { params: { appId }, body: { teamId: 'acme', name: 'Viewer' } })
  }

  async hub(): Promise<void> {
    await this.do('createHub', { body: { name: 'Hub' } })
  }

  async move(appId = 'viewer'): Promise<void> {
    await this.do('moveApps', { body: { appIds: [appId] } })
  }

  async plan(body: object): Promise<void> {
    await this.do('choosePlan', { body })
  }

  async buy(tokens = 100): Promise<void> {
    await this.do('purchaseTokens', { body: { purchaseId: this.newId(), tokens: Math.max(100, tokens) } })
  }

  /** The team with its app in the hub, and a plan. */
  async ready(plan: object, profile: SceneProfile = {}): Promise<void> {
    await this.team(profile)
    await this.app()
    await this.hub()
    await this.move()
    await this.plan(plan)
  }

  /** Reports work that nobody authorized. */
  async use(meter: string, quantity: number): Promise<void> {
    const event = { specversion: '1.0', type: 'aps.usage.v1', source: 'urn:scene', id: this.newId() }
    const time = new Date(this.clock.now()).toISOString()
    await this.do('recordUsage', { body: [{ ...event, subject: 'viewer', time, data: { meter, quantity } }] })
  }

  /** Asks to authorize use. Returns the refusal in a language, or undefined if it is allowed. */
  async ask(
    {
      authorizationId = this.newId(),
      appId = 'viewer',
      meter = acad,
      quantity = 720,
      ...under
    }: AskedUse = {},
    language = 'en',
  ): Promise<RefusalAnswer | undefined> {
    const sent = {
      headers: { 'accept-language': language },
      body: { authorizationId, appId, meter, quantity, ...under },
    }
    const body = await this.do('authorizeUsage', sent)
    return body.refusal as RefusalAnswer | undefined
  }
}

/** Tokens that all items together lack, in whole tokens. */
export function tokensMissing(missing: readonly MissingAnswer[]): number {
  return Math.ceil(missing.reduce((sum, { tokens = 0 }) => sum + tokens, 0))
}
