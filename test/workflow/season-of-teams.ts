import { engineAt } from '../../audit/data-folder/engine-call.ts'
import { type Runtime, startRuntime } from '../../local/runtime.ts'
import { send, setClock, tokenFrom } from '../local/runtime-fixture.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

export interface Notice {
  readonly kind: 'campaign-notice'
  readonly notice: string
  readonly scheduledAt: string
  readonly apps: number
  readonly appIds: readonly string[]
}

/** A runtime of the synthesized template with calls for teams that are to move. */
export class Season {
  readonly url: string
  private readonly runtime: Runtime
  private readonly tokens = new Map<string, string>()

  private constructor(runtime: Runtime) {
    this.runtime = runtime
    this.url = runtime.url
  }

  static async start(clockStart?: string, dataDir = temporaryFolder()): Promise<Season> {
    return new Season(await startRuntime({ dataDir, port: 0, sample: false, clockStart }))
  }

  progress() {
    return this.call('ops', 'GET /v1/campaigns/aps-2025/progress')
  }

  stop(): Promise<void> {
    return this.runtime.stop()
  }

  async moveClock(now: string): Promise<void> {
    const { status } = await setClock(this.runtime.url, now)
    if (status !== 200) throw new Error(`the clock was not moved: ${status}`)
  }

  /** Sends one call as an operator, an APS service or, for a call on a team, as the team's admin. */
  async call(as: 'ops' | 'meter' | `hub:${string}`, call: string, body?: object) {
    const [method, path] = call.split(' ')
    const token = await this.token(as)
    const answer = await send(`${this.runtime.url}${path}`, {
      method,
      token,
      body: body && JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    if (answer.status >= 400) throw new Error(`${call}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  /** A team with apps, not in a hub and without a plan. */
  async addTeam(teamId: string, apps: number): Promise<void> {
    const profile = { name: teamId, country: 'US', paymentMethod: 'credit-card', standing: 'good' }
    await this.call('ops', `PUT /v1/teams/${teamId}`, profile)
    for (let app = 0; app < apps; app++)
      await this.call('ops', `PUT /v1/apps/${teamId}-${app}`, { teamId, name: 'app' })
  }

  async comply(teamId: string, apps: number): Promise<void> {
    const as = `hub:${teamId}` as const
    await this.call(as, `PUT /v1/teams/${teamId}/plan`, { plan: 'free' })
    await this.call(as, `PUT /v1/teams/${teamId}/hub`, { name: teamId })
    const appIds = Array.from({ length: apps }, (_, app) => `${teamId}-${app}`)
    await this.call(as, `POST /v1/teams/${teamId}/hub/apps`, { appIds })
  }

  async isAllowed(appId: string, authorizationId: string): Promise<boolean> {
    const body = { authorizationId, appId, meter: 'automation-autocad', quantity: 10, holdSeconds: 60 }
    return (await this.call('meter', 'POST /v1/authorizations', body)).decision === 'allow'
  }

  /** Notices to a team, oldest first. */
  async noticesTo(teamId: string): Promise<readonly Notice[]> {
    const { entries } = await this.call(`hub:${teamId}`, `GET /v1/teams/${teamId}/entries`)
    return entries.filter((entry: { kind: string }) => entry.kind === 'campaign-notice').toReversed()
  }

  /** Counts all notices of campaigns. */
  async noticesInAll(): Promise<number> {
    const { endpoint, tableNames } = this.runtime
    const answer = await engineAt(endpoint)('DynamoDB_20120810', 'Scan', {
      TableName: tableNames[0],
      Select: 'COUNT',
      FilterExpression: 'begins_with(sk, :notice)',
      ExpressionAttributeValues: { ':notice': { S: 'ENTRY#campaign-notice.' } },
    })
    return (answer as { Count: number }).Count
  }

  private async token(as: string): Promise<string> {
    const known = this.tokens.get(as)
    if (known !== undefined) return known
    const [role, team] = as.split(':')
    const scopes = { ops: ['ops:admin'], meter: ['aps:meter'] }[role ?? ''] ?? ['hub:read', 'hub:write']
    const token = await tokenFrom(this.runtime.url, { scopes, ...(team && { team, role: 'admin' }) })
    this.tokens.set(as, token)
    return token
  }
}
