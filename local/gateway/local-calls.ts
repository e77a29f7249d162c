import * as v from 'valibot'
import type { FoundPeople } from '../../audit/people-list.ts'
import type { FoundTeams } from '../../audit/team-list.ts'
import type { TestClock } from '../services/clock.ts'
import { Behaviour } from '../services/payments.ts'
import type { Authority, Issuer } from './issuer.ts'
import { badRequest, type Incoming, json, notFound, type Outgoing, problem } from './message.ts'
import { makeOidcCalls } from './oidc.ts'
import { makePayCalls, type PayParts } from './pay-page.ts'

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 . _ -'))

const Tokens = v.strictObject({
  scopes: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[!-~]{1,64}$/))), v.minLength(1), v.maxLength(20)),
  team: v.optional(id),
  role: v.optional(v.picklist(['admin', 'developer'])),
  /** A verified address. Its memberships decide then, and `team` and `role` do not. */
  person: v.optional(v.pipe(v.string(), v.email(), v.maxLength(254))),
})

const instant = v.pipe(
  v.string(),
  v.isoTimestamp('must be an instant such as 2026-02-01T00:00:00Z'),
  // Date.parse reads the 30th of February as the 2nd of March.
  v.check(isOnCalendar, 'must be an instant that exists'),
  v.transform((text) => Date.parse(text)),
)

function isOnCalendar(text: string): boolean {
  const date = text.slice(0, 10)
  const midnight = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date)
}

const Clock = v.strictObject({ now: instant })

export interface LocalParts {
  /** Sets how payments of a team end from now on. */
  readonly setBehaviour: (teamId: string, behaviour: Behaviour) => Promise<void>
  /** The parts of the sandbox's payment page. */
  readonly pay: PayParts
  readonly clock: TestClock
  readonly issuer: Issuer
  readonly authority: Authority
  /** Moves the clock, with all work that falls due on the way. Returns false for an earlier instant. */
  readonly travel: (target: number) => Promise<boolean>
  /** Finds teams whose id or name contains the words. */
  readonly findTeams: (search: string) => Promise<FoundTeams>
  /** Finds people whose address, or a team of theirs, contains the words. */
  readonly findPeople: (search: string) => Promise<FoundPeople>
}

/**
 * Handles the calls that exist on one machine only: `/local/tokens`, `/local/clock`, `/local/payments/…`,
 * `/local/pay`, `/local/jwks.json` and sign-in.
 */
export function makeLocalCalls(parts: LocalParts): (incoming: Incoming) => Promise<Outgoing> {
  let moving: Promise<unknown> = Promise.resolve()
  const calls: Record<string, (incoming: Incoming) => Promise<Outgoing>> = {
    'GET /local/jwks.json': async () => json(200, parts.issuer.jwks),
    'GET /local/clock': async () => json(200, clockToJson(parts.clock)),
    'POST /local/tokens': (incoming) => issueToken(incoming, parts),
    // One move at a time: work that is due at the first move must be finished before the second.
    'PUT /local/clock': (incoming) => {
      const moved = moving.then(() => moveClock(incoming, parts))
      moving = moved.catch(() => undefined)
      return moved
    },
    ...makeOidcCalls(parts),
    ...makePayCalls(parts.pay),
  }
  return async (incoming) => {
    const path = incoming.target.split('?', 1)[0] ?? ''
    const [, teamId] = /^\/local\/payments\/([A-Za-z0-9._-]{1,64})$/.exec(path) ?? []
    if (teamId !== undefined && incoming.method === 'PUT') return setBehaviour(teamId, incoming, parts)
    const call = calls[`${incoming.method} ${path}`]
    return call === undefined ? problem(notFound, incoming.target) : call(incoming)
  }
}

async function issueToken(incoming: Incoming, { issuer, authority }: LocalParts): Promise<Outgoing> {
  const request = readBody(Tokens, incoming)
  if ('fault' in request) return problem(badRequest(request.fault), incoming.target)
  return json(200, { token: await issuer.issue(request.body, authority) })
}

async function setBehaviour(teamId: string, incoming: Incoming, parts: LocalParts): Promise<Outgoing> {
  const request = readBody(Behaviour, incoming)
  if ('fault' in request) return problem(badRequest(request.fault), incoming.target)
  await parts.setBehaviour(teamId, request.body)
  return json(200, request.body)
}

async function moveClock(incoming: Incoming, { clock, travel }: LocalParts): Promise<Outgoing> {
  const request = readBody(Clock, incoming)
  if ('fault' in request) return problem(badRequest(request.fault), incoming.target)
  const shown = clock.now()
  if (!(await travel(request.body.now))) {
    const detail = `The clock shows ${new Date(shown).toISOString()} and only moves forward.`
    return problem({ status: 409, code: 'CLOCK_ONLY_FORWARD', title: 'Conflict', detail }, incoming.target)
  }
  return json(200, clockToJson(clock))
}

function clockToJson(clock: TestClock) {
  return { now: new Date(clock.now()).toISOString(), standing: clock.isStanding() }
}

function readBody<T>(
  schema: v.GenericSchema<unknown, T>,
  incoming: Incoming,
): { readonly body: T } | { readonly fault: string } {
  let value: unknown
  try {
    value = JSON.parse(incoming.body.toString('utf8'))
  } catch {
    return { fault: 'The body must be JSON.' }
  }
  const result = v.safeParse(schema, value)
  if (result.success) return { body: result.output }
  const [issue] = result.issues
  return { fault: `${v.getDotPath(issue) ?? 'The body'}: ${issue.message}` }
}
