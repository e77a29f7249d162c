import type { AuthorizationStateAnswer } from '../../contract/get-authorization.ts'
import { getAuthorization as call } from '../../contract/get-authorization.ts'
import { instantToJson } from '../../contract/instant.ts'
import { closureOf } from '../../core/journal/closure.ts'
import type { Authorization } from '../../core/journal/entry.ts'
import type { Instant } from '../../core/time/time.ts'
import { capToJson } from '../http/cap-json.ts'
import { meterRoute } from '../http/meter-route.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import type { MeterDeps } from '../runtime/meter-deps.ts'

/** Shows the current authorization, with one consistent read. A denied id was never stored, so it is unknown. */
export function getAuthorization({ journal, clock }: MeterDeps) {
  return meterRoute(call, async ({ params }): Promise<Outcome> => {
    const found = await journal.authorization(params.authorizationId)
    return found === undefined ? notFound : { status: 200, body: toJson(found.authorization, clock.now()) }
  })
}

function toJson(authorization: Authorization, now: Instant): AuthorizationStateAnswer {
  const { authorizationId, appId, meter, quantity, used, held, expiresAt, cap } = authorization
  const closedBecause = closureOf(authorization, now)
  return {
    authorizationId,
    appId,
    meter,
    quantity,
    used,
    held: closedBecause === undefined ? held : 0,
    expiresAt: instantToJson(expiresAt),
    status: closedBecause === undefined ? 'open' : 'closed',
    ...(closedBecause !== undefined && { closedBecause }),
    ...(cap !== undefined && { cap: capToJson(cap) }),
  }
}
