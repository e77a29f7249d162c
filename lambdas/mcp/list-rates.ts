import type { Call } from '../../contract/call.ts'
import { ratesAt } from '../../core/catalog/catalog.ts'
import type { Outcome } from '../http/outcome.ts'
import { rateToJson } from '../http/rate-json.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { agentRoute } from './agent-route.ts'

const call = {
  route: agentRoute('mcpRates', { scope: 'hub:read', isPersonal: true }),
} as const satisfies Call

/** The meters that can be used now, with their prices. */
export function listRates({ catalog, clock }: TeamDeps) {
  return route(call, async (): Promise<Outcome> => {
    const rates = ratesAt(await catalog.get(), clock.now()).filter(({ ended }) => ended !== true)
    const meters = rates.map((rate) => {
      const { meter, api, baseUnit, unitSize, tokensPerUnit, usdCentsPerUnit, freePerPeriod } =
        rateToJson(rate)
      return { meter, api, baseUnit, unitSize, tokensPerUnit, usdCentsPerUnit, freePerPeriod }
    })
    return { status: 200, body: { meters } }
  })
}
