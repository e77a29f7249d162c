import type { Call } from '../../contract/call.ts'
import { refusalText } from '../../core/texts/texts.ts'
import type { MembershipStore } from '../store/memberships.ts'
import type { Input } from './input.ts'
import { makeRoute, type RouteHandler } from './make-route.ts'
import type { Outcome } from './outcome.ts'

/** A call of the contract as a Lambda function, with the texts of all refusals. */
export function route<C extends Call>(
  call: C,
  handler: (input: Input<C>) => Promise<Outcome> | Outcome,
): RouteHandler<C['route']> {
  return makeRoute(call, handler, { refusalText })
}

/** A call of a team's people. A person's role is the one in the team of the path. */
export function hubRoute<C extends Call>(
  { memberships }: { readonly memberships: Pick<MembershipStore, 'find'> },
  call: C,
  handler: (input: Input<C>) => Promise<Outcome> | Outcome,
): RouteHandler<C['route']> {
  return makeRoute(call, handler, { refusalText, memberships })
}
