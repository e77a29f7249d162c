import { describe, expect } from 'vitest'
import { auditTable } from '../../../audit/table.ts'
import { runAgents } from '../../core/agent-story.ts'
import { test } from '../../support/fixtures.ts'
import { foundAcme, newParty, type Party } from '../../support/party.ts'

const minutes = 60_000

test('an agent never passes its quotes and budgets in 10,000 stories', { timeout: 15 * minutes }, () => {
  runAgents({ numRuns: 10_000 })
})

interface Listed {
  readonly used: number
  readonly held: number
}

describe('two agents on one budget at once', () => {
  const start = Date.parse('2026-02-20T10:00:00Z')
  const amount = 20
  const meter = 'automation-autocad'

  /** One agent: each job is authorized, used in part or beyond what was authorized, and ended. Returns the charged tokens. */
  async function work({ call }: Party, name: string): Promise<number> {
    let charged = 0
    for (let job = 0; job < 40; job++) {
      const authorizationId = `${name}-${job}`
      const asked = {
        authorizationId,
        appId: 'viewer',
        meter,
        quantity: 720 * (1 + (job % 3)),
        budgetId: 'b1',
      }
      const { body, status } = await call('authorizeUsage', { body: asked })
      expect([200, 503]).toContain(status)
      if (body.decision !== 'allow') continue
      const sent = { params: { authorizationId }, body: { used: 360 * (job % 8), final: true } }
      const captured = await call('captureAuthorization', sent)
      const charges = (captured.body.charges ?? []) as readonly { readonly tokens?: number }[]
      charged += charges.reduce((sum, { tokens = 0 }) => sum + tokens, 0)
    }
    return charged
  }

  test('never use more than it, and the audit finds nothing', { timeout: 5 * minutes }, async ({ table }) => {
    const clock = { now: () => start }
    const [one, other] = [await newParty(table, clock), await newParty(table, clock)]
    await foundAcme(one)
    const endsAt = '2026-03-20T00:00:00Z'
    const content = { budgetId: 'b1', name: 'Agents', appId: 'viewer', every: 'day', tokens: amount, endsAt }
    expect((await one.call('makeBudget', { body: content })).status).toBe(201)
    const charged = await Promise.all([work(one, 'one'), work(other, 'other')])
    const [budget] = (await one.call('listBudgets', {})).body.budgets as readonly Listed[]
    expect(charged[0] + charged[1]).toBe(budget?.used)
    expect(budget?.used).toBeGreaterThan(amount / 2)
    expect((budget?.used ?? 0) + (budget?.held ?? 0)).toBeLessThanOrEqual(amount)
    expect((await auditTable(table)).differences).toBe(0)
  })
})
