import { expect, test } from 'vitest'
import { recoverySteps } from '../../core/invoice/recovery.ts'
import { loadSampleData, sampleHistoryDays, sampleTry } from '../../local/sample-data.ts'
import past from '../../samples/teams.json' with { type: 'json' }

const dayMs = 86_400_000
const usedDaysAgo = 75
const presentAt = Date.UTC(2026, 10, 22, 13, 30)

interface Sent {
  readonly at: number
  readonly as: string
  readonly call: string
  readonly body: Record<string, unknown>
}

async function loaded(status = 200) {
  let clock = presentAt - sampleHistoryDays * dayMs
  const sent: Sent[] = []
  const result = await loadSampleData({
    now: () => clock,
    setClock: (at) => {
      expect(at).toBeGreaterThanOrEqual(clock)
      clock = at
    },
    call: async (as, call, body) => {
      sent.push({ at: clock, as, call, body: body as Record<string, unknown> })
      return { status }
    },
  })
  return { clock, sent, result }
}

test('the clock only moves forward and ends at the present', async () => {
  expect((await loaded()).clock).toBe(presentAt)
})

test('a refusal or a problem does not stop the loading', async () => {
  const { sent, result } = await loaded(409)
  expect(result.calls).toBe(sent.length)
  expect(result.failed).toHaveLength(sent.length)
  expect(sent).toEqual((await loaded()).sent)
})

test('a team with Flex tokens alone has two lots, and the first expires in about twelve days', async () => {
  const purchases = (await loaded()).sent.filter(({ call }) => call.includes('/kumo-plant/token-purchases'))
  expect(purchases).toHaveLength(2)
  const daysLeft = ((purchases[0]?.at ?? 0) + 365 * dayMs - presentAt) / dayMs
  expect(daysLeft).toBeCloseTo(12, 1)
})

test('the free team has used 18 of its 20 complex jobs at the present', async () => {
  const { sent } = await loaded()
  const capture = sent.find(({ call }) => call.endsWith('/sample-viewer-1/captures'))
  expect(capture).toMatchObject({ at: presentAt, body: { used: 18, final: true } })
})

test('one app stays outside the hubs, and its team has no plan', async () => {
  const hubCalls = (await loaded()).sent.filter(({ as }) => as.startsWith('hub:'))
  const others = hubCalls.filter(({ as, call }) => as === 'hub:miyako-lab' && !call.includes('/members/'))
  expect(others).toEqual([])
  expect(hubCalls.filter(({ call }) => call.endsWith('/hub/apps'))).toHaveLength(6)
})

test('the team without a plan can pay for any plan', async () => {
  const [miyako] = (await loaded()).sent.filter(({ call }) => call.endsWith('/teams/miyako-lab'))
  expect(miyako?.body).toMatchObject({ country: 'JP', paymentMethod: 'credit-card', standing: 'good' })
})

test('each team starts with an admin whom the operator names, and a developer; one is invited to three', async () => {
  const { sent } = await loaded()
  const admins = sent.flatMap(({ body }) => (body.admin as { email: string } | undefined)?.email ?? [])
  const developers = sent.filter(({ call }) => call.includes('/members/'))
  expect(developers.every(({ body }) => body.role === 'developer')).toBe(true)
  const emails = [...admins, ...developers.map(({ body }) => body.email)]
  expect([admins.length, developers.length, new Set(emails).size]).toEqual([7, 9, 14])
  for (const email of emails) expect(email).toMatch(/@[a-z-]+\.example\.com$/)
})

test('the bill of a wrong use is issued before its first payment is declined, on any day of a first start', () => {
  const daysAgo = past.flatMap((stop) => (stop.calls.length === 0 ? [stop.daysAgo] : []))
  const [declined = 0, ...later] = daysAgo
  for (let day = 0; day < 366; day++) {
    const present = presentAt + day * dayMs
    const used = new Date(present - usedDaysAgo * dayMs)
    const issuedAt = Date.UTC(used.getUTCFullYear(), used.getUTCMonth() + 1, 3)
    expect(issuedAt).toBeLessThanOrEqual(present - declined * dayMs)
  }
  const acts = recoverySteps.filter(({ action }) => action !== 'warn')
  expect(later).toEqual(acts.map((step) => declined - step.day))
})

test('every operation has a separate id that marks it as a sample', async () => {
  const ids = (await loaded()).sent.flatMap(({ body }) => body.authorizationId ?? body.purchaseId ?? [])
  for (const id of ids) expect(id).toMatch(/^sample-[a-z0-9-]+$/)
  expect(new Set(ids).size).toBe(ids.length)
})

test('the suggested calls belong to a sample team, and no sample team has the name of a worked example', async () => {
  const { sent } = await loaded()
  const app = sent.find(({ call }) => call === `PUT /v1/apps/${sampleTry.appId}`)
  expect(app?.body.teamId).toBe(sampleTry.teamId)
  const teamIds = sent.flatMap(({ call }) => /^PUT \/v1\/teams\/([^/]+)$/.exec(call)?.[1] ?? [])
  expect(teamIds).toHaveLength(7)
  for (const teamId of teamIds) expect(['acme', 'bolt', 'sul']).not.toContain(teamId)
})
