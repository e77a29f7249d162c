import type { Call } from '../../contract/call.ts'
import { meterRefusalText } from '../../core/texts/meter-texts.ts'
import type { Input } from './input.ts'
import { makeRoute, type RouteHandler } from './make-route.ts'
import type { Outcome } from './outcome.ts'

/** A call that services make, as a Lambda function. It links the texts of their refusals alone. */
export function meterRoute<C extends Call>(
  call: C,
  handler: (input: Input<C>) => Promise<Outcome> | Outcome,
): RouteHandler<C['route']> {
  return makeRoute(call, handler, { refusalText: meterRefusalText })
}
