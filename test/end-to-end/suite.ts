import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meter, Story } from './story.ts'
import type { Target, Who } from './target.ts'

const hourMs = 3_600_000
/** Bound for what follows from a call, and for what a schedule sets off: far more than a busy machine takes. */
const soon = { timeout: 120_000, interval: 500 }
const bySchedule = { timeout: 240_000, interval: 1_000 }
/** Time limit of a test that looks again and again. */
const patienceMs = 300_000
/** Between the start of a campaign, by its schedule, and its next date. */
const marginMs = 15_000

/** A deployment that calls were sent to. */
export interface Deployed<T extends Target> {
  readonly target: T
  readonly story: Story
  /** Instant at which the usage of the story took place: the day may have changed since. */
  readonly startedAt: number
}

/**
 * The behaviour of any deployment of Tollgate for callers, over HTTP alone. It runs on one machine and on deployments. `after`
 * adds tests of the same deployment afterwards.
 */
export function describeDeployment<T extends Target>(
  name: string,
  open: () => Promise<T>,
  after: (deployed: () => Deployed<T>) => void = () => {},
): void {
  describe(name, () => {
    let target: T
    let story: Story
    /** Of one the first notice is expected, of the other the second: a late first notice would be replaced by the second. */
    let campaigns = { announced: '', reminded: '' }
    let startedAt = 0
    let remindAt = 0

    beforeAll(async () => {
      target = await open()
      story = new Story(target)
      campaigns = { announced: `announce-${story.run}`, reminded: `remind-${story.run}` }
      startedAt = await target.now()
      remindAt = startedAt + target.scheduleMs + marginMs
      for (const purpose of ['flex', 'free', 'poor', 'late']) await story.register(purpose)
      await story.migrate('flex', 'paid')
      await story.migrate('poor', 'paid')
      await story.migrate('free', 'free')
      await openCampaign(campaigns.announced, startedAt + 360 * hourMs)
      await openCampaign(campaigns.reminded, remindAt)
      await target.settlePaymentsOf(story.team('flex'))
    }, 900_000)
    afterAll(() => target?.stop())

    async function openCampaign(campaignId: string, reminderAt: number): Promise<void> {
      const text = (at: number) => new Date(at).toISOString()
      const body = {
        opensAt: text(startedAt - hourMs),
        deadlineAt: text(startedAt + 720 * hourMs),
        remindAt: [text(reminderAt)],
      }
      await story.ok({ as: 'operator', method: 'PUT', path: `/v1/campaigns/${campaignId}`, body })
    }

    describe('who calls', () => {
      const balanceOf = (purpose: string) => `/v1/teams/${story.team(purpose)}/balance`

      it('without a token is let in where a call is public, and nowhere else', async () => {
        expect((await story.call({ path: '/v1/openapi.json' })).body.openapi).toBe('3.1.0')
        expect((await story.call({ path: balanceOf('flex') })).status).toBe(401)
      })

      it('with a token that was tampered with is not let in, and with the same token untouched is', async () => {
        const path = balanceOf('flex')
        const token = await target.tokenFor(story.admin('flex'))
        const [header, payload = '', signature] = token.split('.')
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
        const other = Buffer.from(JSON.stringify({ ...claims, team: 'other' })).toString('base64url')
        expect((await story.call({ token, path })).status).toBe(200)
        for (const forged of [`${header}.${other}.${signature}`, `${header}.${payload}.`, token.slice(0, -8)])
          expect((await story.call({ token: forged, path })).status).toBe(401)
      })

      it('finds the data of another team as absent as that of no team', async () => {
        const as = story.admin('free')
        const [other, none] = [
          await story.call({ as, path: balanceOf('flex') }),
          await story.call({ as, path: balanceOf('nobody') }),
        ]
        expect([other.status, none.status]).toEqual([404, 404])
        const alike = { instance: '', requestId: '' }
        expect({ ...other.body, ...alike }).toEqual({ ...none.body, ...alike })
      })

      it('as a developer may look and not change', async () => {
        await story.invite('flex')
        const as: Who = { team: story.team('flex'), role: 'developer' }
        const path = `/v1/teams/${story.team('flex')}/plan`
        expect((await story.call({ as, path: balanceOf('flex') })).status).toBe(200)
        const refused = await story.call({ as, method: 'PUT', path, body: { plan: 'free' } })
        expect(refused).toMatchObject({ status: 403, body: { code: 'ADMIN_REQUIRED' } })
      })
    })

    describe('tokens', () => {
      it(
        'are there once their payment has settled, and once only',
        async () => {
          const purchaseId = `p-${story.run}`
          const body = { purchaseId, tokens: 100 }
          const bought = await story.ofTeam('flex', { path: '/token-purchases', body })
          expect(bought).toMatchObject({ status: 'payment-pending', tokens: 100 })
          const flex = { tokens: 100, lots: [{ lotId: purchaseId, tokens: 100, remaining: 100 }] }
          await expect.poll(async () => (await story.balance('flex')).flex, soon).toMatchObject(flex)
        },
        patienceMs,
      )

      it('pay for what was authorized and captured, and a repeated capture charges nothing', async () => {
        expect(await story.authorize('a1', 'flex')).toMatchObject({ decision: 'allow', fundedBy: 'flex' })
        expect((await story.balance('flex')).held).toEqual([{ meter, quantity: 2 }])
        const charges = [{ source: 'flex', meter, units: 1, tokens: 3, lotId: `p-${story.run}` }]
        const used = { used: 2, final: true }
        expect(await story.capture('a1', used)).toMatchObject({ status: 'closed', charges })
        expect(await story.capture('a1', used)).toMatchObject({ status: 'closed', used: 2 })
        expect(await story.balance('flex')).toMatchObject({ flex: { tokens: 97 }, held: [] })
      })

      it('that are not there deny, with a reason and what lifts it', async () => {
        const refusal = { code: 'TOKENS_EXHAUSTED', resolve: expect.stringMatching(/\w/) }
        expect(await story.authorize('a2', 'poor')).toMatchObject({ decision: 'deny', refusal })
      })

      it('that were held come back when the authorization is voided', async () => {
        expect(await story.authorize('a3', 'flex', 4)).toMatchObject({ decision: 'allow' })
        const path = `/v1/authorizations/a3-${story.run}`
        for (const _ of ['once', 'again'])
          expect((await story.call({ as: 'service', method: 'DELETE', path })).status).toBe(204)
        expect((await story.balance('flex')).held).toEqual([])
      })
    })

    describe('usage', () => {
      it('of a batch is answered one by one: recorded, known, rejected', async () => {
        const event = story.event('e1', 'free', startedAt)
        const strange = { ...event, id: `e2-${story.run}`, subject: 'nobody' }
        const broken = { ...event, id: `e3-${story.run}`, time: 'noon' }
        const body = [event, event, strange, broken]
        expect((await story.ok({ as: 'service', path: '/v1/usage', body })).results).toMatchObject([
          { status: 'recorded' },
          { status: 'duplicate' },
          { status: 'rejected', problem: { code: 'UNKNOWN_APP' } },
          { status: 'rejected', problem: { code: 'BAD_EVENT', errors: [{ pointer: '/time' }] } },
        ])
      })

      it(
        'counts against the free amount, and shows by day once the stream has delivered it',
        async () => {
          const free = { meter: 'automation-autocad', used: 600, limit: 18_000, remaining: 17_400 }
          expect((await story.balance('free')).free).toContainEqual(expect.objectContaining(free))
          const row = { meter: 'automation-autocad', app: story.app('free'), quantity: 600 }
          await expect.poll(() => story.usageRows('free', startedAt), soon).toMatchObject([row])
        },
        patienceMs,
      )
    })

    describe('the list of teams', () => {
      const found = async (state: string) => {
        const path = `/v1/teams?query=${story.app('late')}&state=${state}`
        const { teams } = await story.ok({ as: 'operator', path })
        return (teams as { teamId: string }[]).map(({ teamId }) => teamId)
      }

      it(
        'shows a team to operators by its app and state, once the stream has delivered both',
        async () => {
          await expect.poll(() => found('apps-outside-hub'), soon).toEqual([story.team('late')])
          await expect.poll(() => found('no-plan'), soon).toEqual([story.team('late')])
          expect(await found('suspended')).toEqual([])
        },
        patienceMs,
      )
    })

    describe('a plan', () => {
      it('becomes free with the next period, and paid at once', async () => {
        const choose = (body: object) => story.ofTeam('poor', { method: 'PUT', path: '/plan', body })
        const { effectiveAt } = await choose({ plan: 'free' })
        expect(Date.parse(String(effectiveAt))).toBeGreaterThan(startedAt)
        const nextPlan = { plan: 'free', effectiveAt }
        expect(await story.balance('poor')).toMatchObject({ plan: 'paid', nextPlan })
        await choose({ plan: 'paid', payAsYouGo: true, spendLimitUsdCents: 5_000 })
        expect(await story.balance('poor')).toMatchObject({ plan: 'paid', payAsYouGo: { enabled: true } })
        const allowed = { decision: 'allow', fundedBy: 'pay-as-you-go' }
        expect(await story.authorize('a4', 'poor')).toMatchObject(allowed)
      })
    })

    describe('the statement', () => {
      it('lists all that happened, newest first, without a gap', async () => {
        const entries = await story.entries('flex')
        expect(entries.map(({ version }) => version)).toEqual(
          entries.map((_, index) => entries.length - index),
        )
        expect(entries.slice(0, 3).map(({ kind }) => kind)).toEqual(['void', 'authorization', 'capture'])
        expect(entries.filter(({ kind }) => kind === 'lot-granted')).toHaveLength(1)
      })
    })

    describe('a problem', () => {
      const path = '/v1/authorizations'

      it('is a document that says what is wrong and where', async () => {
        const body = { authorizationId: 'x', appId: 'y', meter, quantity: 0 }
        const answer = await story.call({ as: 'service', path, body })
        expect([answer.status, answer.contentType]).toEqual([
          400,
          expect.stringMatching(/^application\/problem\+json/),
        ])
        expect(answer.body).toMatchObject({
          type: 'urn:tollgate:problem:bad-request',
          code: 'BAD_REQUEST',
          instance: path,
          requestId: expect.stringMatching(/\S/),
          errors: [{ pointer: '/quantity' }],
        })
      })

      it('is what one id with two contents is', async () => {
        const body = { authorizationId: `a1-${story.run}`, appId: story.app('flex'), meter, quantity: 3 }
        const { status, body: problem } = await story.call({ as: 'service', path, body })
        expect([status, problem.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT'])
      })

      it('is what a token without the scope gets', async () => {
        const refused = await story.call({ as: 'service', path: `/v1/teams/${story.team('flex')}/balance` })
        expect(refused).toMatchObject({ status: 403, body: { code: 'INSUFFICIENT_SCOPE' } })
      })
    })

    describe('a campaign', () => {
      const told = async (campaignId: string, notice: string) => {
        const entries = await story.entries('late')
        return entries.filter((entry) => entry.campaignId === campaignId && entry.notice === notice)
      }
      const steps = async (campaignId: string) =>
        (await story.ok({ as: 'operator', path: `/v1/campaigns/${campaignId}/progress` })).steps
      const done = { finishedAt: expect.any(String), teams: expect.any(Number) }

      it(
        'is started by its schedule, and announces itself to who has not moved, once',
        async () => {
          await target.passUntil(startedAt + target.scheduleMs)
          await expect.poll(() => told(campaigns.announced, 'announced'), bySchedule).toHaveLength(1)
          await expect
            .poll(() => steps(campaigns.announced), soon)
            .toMatchObject([{ notice: 'announced', ...done }, { notice: 'reminded' }, { notice: 'stopped' }])
        },
        patienceMs,
      )

      it(
        'waits for its next date, and reminds when that has come, once',
        async () => {
          await target.passUntil(remindAt + 1_000)
          await expect.poll(() => told(campaigns.reminded, 'reminded'), bySchedule).toHaveLength(1)
          const [reminder] = await told(campaigns.reminded, 'reminded')
          expect(Date.parse(String(reminder?.at))).toBeGreaterThanOrEqual(remindAt)
          await expect
            .poll(() => steps(campaigns.reminded), soon)
            .toMatchObject([{ notice: 'announced' }, { notice: 'reminded', ...done }, { notice: 'stopped' }])
          expect(await told(campaigns.reminded, 'reminded')).toHaveLength(1)
        },
        patienceMs,
      )

      it('announces itself no second time, and reminds of nothing before its date', async () => {
        expect(await told(campaigns.announced, 'announced')).toHaveLength(1)
        expect(await told(campaigns.announced, 'reminded')).toEqual([])
      })
    })

    after(() => ({ target, story, startedAt }))
  })
}
