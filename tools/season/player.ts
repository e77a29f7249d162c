import * as v from 'valibot'
import type { Instant } from '../../core/time/time.ts'
import { perform } from './acts.ts'
import type { Calls } from './api.ts'
import { deadlineAt } from './dates.ts'
import type { Tally } from './tally.ts'
import type { Act, SeasonTeam } from './teams.ts'
import { anyOf, busyPerMille, ratedMeter, someWork, unratedApi, usageEvent, type Work } from './work.ts'

const Decision = v.object({
  decision: v.picklist(['allow', 'deny']),
  refusal: v.optional(v.object({ code: v.string() })),
})

const outOfCompliance: readonly (string | undefined)[] = ['APP_NOT_IN_HUB', 'NO_PLAN']
const asksPerMille = 120
const triesAgainPerMille = 300
const buysAgainPerMille = 200
const outOfTokens: readonly (string | undefined)[] = ['TOKENS_EXHAUSTED', 'SHORTFALL_DUE']

export interface Stage {
  readonly api: Calls
  readonly tally: Tally
  /** Receives each answer that contradicts the announcement. */
  readonly broken: (line: string) => void
}

/**
 * Plays one team: performs its planned acts, makes its calls, and compares each answer with the announcement.
 */
export class Player {
  readonly team: SeasonTeam
  private readonly stage: Stage
  private readonly stoppedApps = new Set<string>()
  private readonly open: { readonly id: string; readonly used: number }[] = []
  private hasPlan = false
  private isInHub = false
  private nextAct = 0
  private ids = 0
  private lastRefusal: string | undefined

  constructor(team: SeasonTeam, stage: Stage) {
    this.team = team
    this.stage = stage
  }

  async register(): Promise<void> {
    const { teamId, apps } = this.team
    const profile = { name: teamId, country: 'US', paymentMethod: 'credit-card', standing: 'good' }
    await this.stage.api.call('ops', `PUT /v1/teams/${teamId}`, profile)
    for (const appId of apps)
      await this.stage.api.call('ops', `PUT /v1/apps/${appId}`, { teamId, name: appId })
  }

  /** Ends the work that continued from the previous moment, then performs the planned acts up to `now`. */
  async act(now: Instant): Promise<void> {
    for (const { id, used } of this.open.splice(0))
      await this.stage.api.call('meter', `POST /v1/authorizations/${id}/captures`, { used, final: true })
    const wasCompliant = this.isCompliant()
    for (let next = this.team.acts[this.nextAct]; next !== undefined && next.at <= now; ) {
      await this.perform(next.act)
      this.nextAct += 1
      next = this.team.acts[this.nextAct]
    }
    if (!wasCompliant && this.isCompliant()) await this.comeBack(now)
  }

  /** Makes one call for each app, at a moment when only the permission to call matters. */
  async askWithAll(now: Instant): Promise<void> {
    for (const appId of this.team.apps) await this.ask({ appId, meter: ratedMeter, quantity: 60 }, now)
  }

  /** May make a call whose work continues while the clock moves. */
  async askPerhaps(now: Instant): Promise<void> {
    const { apps, random } = this.team
    if (!random.chance(asksPerMille)) return
    const work = { appId: anyOf(apps, random), meter: ratedMeter, quantity: 60 }
    const { id, code } = await this.ask(work, now)
    if (code === undefined) this.open.push({ id, used: 45 })
  }

  /** Makes some of a day's calls, and reports the usage of unauthorized work. */
  async work(now: Instant): Promise<readonly object[]> {
    const { random } = this.team
    const { calls, reports } = busyPerMille(now)
    // A refused caller soon tries again.
    if (random.chance(this.lastRefusal === undefined ? calls : triesAgainPerMille)) await this.askAndUse(now)
    if (outOfTokens.includes(this.lastRefusal) && random.chance(buysAgainPerMille)) await this.buyAgain(now)
    const isBusy = random.chance(reports)
    if (!isBusy || this.lastRefusal !== undefined) return []
    return Array.from({ length: random.between(1, 2) }, () =>
      usageEvent(this.newId(), someWork(this.team), now, random),
    )
  }

  private async askAndUse(now: Instant): Promise<void> {
    const { random } = this.team
    const work = someWork(this.team)
    const { id, code } = await this.ask(work, now)
    const fate = random.between(1, 12)
    const used = random.between(1, work.quantity)
    if (code !== undefined) return
    if (fate === 1) await this.stage.api.call('meter', `DELETE /v1/authorizations/${id}`)
    else if (fate === 2) this.open.push({ id, used })
    else await this.stage.api.call('meter', `POST /v1/authorizations/${id}/captures`, { used, final: true })
  }

  private async buyAgain(now: Instant): Promise<void> {
    await this.perform({ do: 'buy', tokens: 50 * this.team.random.between(2, 6) })
    await this.ask({ appId: anyOf(this.team.apps, this.team.random), meter: ratedMeter, quantity: 60 }, now)
  }

  /** The first call after complying must succeed. It uses an API that nothing else can refuse. */
  private async comeBack(now: Instant): Promise<void> {
    for (const appId of this.team.apps) {
      const { code } = await this.ask({ appId, meter: unratedApi, quantity: 1 }, now)
      if (code !== undefined && code !== 'TEAM_SUSPENDED')
        this.stage.broken(`${appId} complies at ${instant(now)} and is refused: ${code}`)
    }
  }

  private async ask(work: Work, now: Instant): Promise<{ readonly id: string; readonly code?: string }> {
    const id = this.newId()
    const { body } = await this.stage.api.call('meter', 'POST /v1/authorizations', {
      authorizationId: id,
      ...work,
    })
    const { decision, refusal } = v.parse(Decision, body)
    const code = decision === 'allow' ? undefined : refusal?.code
    this.stage.tally.add(code ?? 'allowed', now)
    this.lastRefusal = code
    this.compare(work.appId, code, now)
    return { id, code }
  }

  private compare(appId: string, code: string | undefined, now: Instant): void {
    const isStopped = outOfCompliance.includes(code)
    const mustStop = now >= deadlineAt && !this.isCompliant()
    if (isStopped !== mustStop)
      this.stage.broken(
        `${appId} at ${instant(now)}: ${code ?? 'allowed'}, and it must ${mustStop ? '' : 'not '}stop`,
      )
    if (isStopped && !this.stoppedApps.has(appId)) this.stage.tally.add('apps stopped', now)
    if (isStopped) this.stoppedApps.add(appId)
    else if (this.stoppedApps.delete(appId)) this.stage.tally.add('apps back', now)
  }

  private isCompliant(): boolean {
    return this.hasPlan && this.isInHub
  }

  private newId(): string {
    this.ids += 1
    return `${this.team.teamId}-${this.ids}`
  }

  private async perform(act: Act): Promise<void> {
    const { teamId } = this.team
    await perform(this.stage.api, this.team, act, act.do === 'buy' ? this.newId() : teamId)
    this.hasPlan ||= act.do === 'plan'
    this.isInHub ||= act.do === 'hub'
  }
}

const instant = (at: Instant): string => new Date(at).toISOString().replace('.000', '')
