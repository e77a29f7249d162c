import { type Answer, emailOf, type Person, type Sent, send, type Target } from './target.ts'

type Body = Record<string, unknown>

export const meter = 'model-derivative-complex-job'

/** Actions of the teams of one run. Each run has new teams with an app each, because a deployment may have a past. */
export class Story {
  readonly target: Target
  readonly run = Date.now().toString(36)

  constructor(target: Target) {
    this.target = target
  }

  team(purpose: string): string {
    return `${purpose}-${this.run}`
  }

  app(purpose: string): string {
    return `${this.team(purpose)}-app`
  }

  admin(purpose: string): Person {
    return { team: this.team(purpose), role: 'admin' }
  }

  call(sent: Sent): Promise<Answer> {
    return send(this.target, sent)
  }

  /** The body of the answer; throws unless the call succeeds. */
  async ok(sent: Sent): Promise<Body> {
    const { status, body } = await this.call(sent)
    if (status >= 300) throw new Error(`${sent.path}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  /** A call of a team's admin; `path` follows the team's own. */
  ofTeam(purpose: string, sent: Sent): Promise<Body> {
    return this.ok({ as: this.admin(purpose), ...sent, path: `/v1/teams/${this.team(purpose)}${sent.path}` })
  }

  balance(purpose: string): Promise<Body> {
    return this.ofTeam(purpose, { path: '/balance' })
  }

  async entries(purpose: string): Promise<readonly Body[]> {
    return (await this.ofTeam(purpose, { path: '/entries' })).entries as Body[]
  }

  async register(purpose: string): Promise<void> {
    const [teamId, appId] = [this.team(purpose), this.app(purpose)]
    const profile = { name: teamId, country: 'US', paymentMethod: 'credit-card', standing: 'good' }
    const admin = { memberId: 'admin', email: emailOf({ team: teamId, role: 'admin' }) }
    const body = { ...profile, admin }
    await this.ok({ as: 'operator', method: 'PUT', path: `/v1/teams/${teamId}`, body })
    await this.accept(this.admin(purpose))
    await this.ok({ as: 'operator', method: 'PUT', path: `/v1/apps/${appId}`, body: { teamId, name: appId } })
  }

  /** Adds a developer to a team, by the e-mail address that they sign in with. */
  async invite(purpose: string): Promise<void> {
    const body = { email: emailOf({ team: this.team(purpose), role: 'developer' }), role: 'developer' }
    await this.ofTeam(purpose, { method: 'PUT', path: '/members/developer', body })
    await this.accept({ team: this.team(purpose), role: 'developer' })
  }

  /** Accepts the invitation of a person. A target whose tokens state the team knows no invitations. */
  private async accept(who: Person): Promise<void> {
    const path = `/v1/me/memberships/${who.team}`
    const { status, body } = await this.call({ as: who, method: 'PUT', path })
    if (status >= 300 && body.code !== 'NOT_HERE')
      throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  }

  async migrate(purpose: string, plan: 'free' | 'paid'): Promise<void> {
    await this.ofTeam(purpose, { method: 'PUT', path: '/plan', body: { plan } })
    await this.ofTeam(purpose, { method: 'PUT', path: '/hub', body: { name: 'ハブ' } })
    await this.ofTeam(purpose, { path: '/hub/apps', body: { appIds: [this.app(purpose)] } })
  }

  authorize(id: string, purpose: string, quantity = 2): Promise<Body> {
    const body = { authorizationId: `${id}-${this.run}`, appId: this.app(purpose), meter, quantity }
    return this.ok({ as: 'service', path: '/v1/authorizations', body })
  }

  capture(id: string, body: object): Promise<Body> {
    return this.ok({ as: 'service', path: `/v1/authorizations/${id}-${this.run}/captures`, body })
  }

  /** A usage event of a team's app, ten minutes of AutoCAD at `at`. */
  event(id: string, purpose: string, at: number): Body {
    return {
      specversion: '1.0',
      type: 'aps.usage.v1',
      source: '/end-to-end',
      id: `${id}-${this.run}`,
      subject: this.app(purpose),
      time: new Date(at).toISOString(),
      data: { meter: 'automation-autocad', quantity: 600 },
    }
  }

  /** Rows of the month view for the day of `at`. */
  async usageRows(purpose: string, at: number): Promise<unknown> {
    const day = new Date(at).toISOString().slice(0, 10)
    return (await this.ofTeam(purpose, { path: `/usage?from=${day}&to=${day}` })).rows
  }
}
