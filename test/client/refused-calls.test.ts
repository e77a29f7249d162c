import { describe, expect, test } from 'vitest'
import type { Environment } from '../../client/environment.ts'
import { catalogWith } from './simulation/card.ts'
import type { ClientMaker } from './simulation/machine.ts'
import { makeClient } from './simulation/make-client.ts'
import { calm } from './simulation/network.ts'
import { runSeed } from './simulation/run-seed.ts'
import type { Load, Scenario } from './simulation/scenario.ts'
import type { Act } from './simulation/season-list.ts'
import { Team } from './simulation/team.ts'

const start = Date.parse('2027-02-10T10:00:00Z')
const use = { appId: 'first', meter: 'calls', isStable: true }

/** A team on the paid plan without tokens, and one machine that calls for it. */
function exhaustedTeam(seed: number, load: Partial<Load>, acts: readonly Act[] = []): Scenario {
  const loads = [{ ...use, perSecond: 0, bursts: [], quantityMax: 1, givenBack: 0, recorded: 0, ...load }]
  const machine = { hasSpool: false, diesAtWrite: 0, clockOffMs: 0, loads, fates: [] }
  const makeTeams: Scenario['season']['makeTeams'] = (onEntries) => {
    const team = new Team('first', start, { catalog: catalogWith(), onEntries })
    team.addApp('first')
    team.run({ kind: 'choose-plan', plan: 'paid', payAsYouGo: false }, team.context)
    return [team]
  }
  const season = { name: 'exhausted', start, uses: [use] as const, acts, makeTeams, runsOut: false }
  const network = { weather: calm, outages: [] }
  return { seed, season, lengthMs: 50_000, machines: [machine], ...network, recorded: [], holders: 64 }
}

describe('calls of an exhausted team', () => {
  test('a million of them within 50 seconds make at most one request a second, and no entry', async () => {
    const bursts = Array.from({ length: 5_000 }, (_, index) => ({ at: index * 10, size: 200, spacingMs: 0 }))
    const { violations, counts } = await runSeed(1, makeClient, exhaustedTeam(1, { bursts }))
    expect(violations).toEqual([])
    expect(counts.deny).toBe(1_000_000)
    expect(counts.TOKENS_EXHAUSTED).toBe(1_000_000)
    expect(counts['request sent']).toBeLessThanOrEqual(51)
    expect(Object.keys(counts)).not.toContain('granted flex')
  })

  test('a purchase is seen within two seconds', async () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      let environment: Environment | undefined
      let purchasedAt = Number.NaN
      let allowedAt: number | undefined
      const watchedClient: ClientMaker = (parts) => {
        environment = parts.environment
        const client = makeClient(parts)
        const allow: typeof client.allow = async (...call) => {
          const decision = await client.allow(...call)
          if (decision.decision === 'allow') allowedAt ??= parts.environment.elapsed()
          return decision
        }
        return { ...client, allow }
      }
      const buy: Act = {
        at: 20_000 + seed * 53,
        act(team) {
          team.buy(1_000)
          purchasedAt = environment?.elapsed() ?? Number.NaN
        },
      }
      const scenario = exhaustedTeam(seed, { perSecond: 20 }, [buy])
      const { violations } = await runSeed(seed, watchedClient, scenario)
      expect(violations).toEqual([])
      expect((allowedAt ?? Number.NaN) - purchasedAt).toBeGreaterThan(0)
      expect((allowedAt ?? Number.NaN) - purchasedAt).toBeLessThanOrEqual(2_000)
    }
  })
})
