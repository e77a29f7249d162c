import * as v from 'valibot'
import { paymentMethod, standing } from '../../contract/team.ts'
import { parsePaymentReference } from '../../core/account/payment-reference.ts'
import type { Behaviour } from '../services/payments.ts'
import { badRequest, type Incoming, notFound, type Outgoing, problem } from './message.ts'
import type { OwnCall } from './own-calls.ts'
import { payHeaders, payHtml } from './pay-html.ts'

/** Path of the page that plays the payment processor on one machine. */
export const payPath = '/local/pay'

export interface PayParts {
  readonly call: OwnCall
  readonly setBehaviour: (teamId: string, behaviour: Behaviour) => Promise<void>
  /** Reports the result of a payment on the bus, as a processor does. */
  readonly report: (paymentReference: string, result: 'PaymentSettled' | 'PaymentFailed') => Promise<void>
}

const asked = {
  team: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/, 'team must be an id')),
  reference: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(140),
      v.regex(/^[A-Za-z0-9._-]+~[A-Za-z0-9._:-]+$/, 'reference must be a payment reference'),
    ),
  ),
  return: v.pipe(v.string(), v.maxLength(2_000)),
  language: v.optional(v.picklist(['en', 'ja']), 'en'),
}
const Asked = v.object(asked)
const Chosen = v.object({ ...asked, act: v.picklist(['pay', 'decline', 'credit-card', 'paypal']) })
type Asked = v.InferOutput<typeof Asked>

const Team = v.object({ name: v.string(), country: v.string(), paymentMethod, standing })
const Payable = v.object({
  paymentReference: v.string(),
  usdCents: v.number(),
  status: v.optional(v.string()),
})
const Balance = v.object({ dues: v.array(Payable) })
const Purchases = v.object({ purchases: v.array(Payable), cursor: v.optional(v.string()) })

/** More pages of purchases than a team on one machine has. */
const pagesMax = 100

/**
 * The page to which the developer hub page leads for paying now and for another payment method, and from which it is returned to.
 * It pays through the bus and changes a team through the API, as a processor does, and returns to its own origin only.
 */
export function makePayCalls(parts: PayParts): Record<string, (incoming: Incoming) => Promise<Outgoing>> {
  let acting: Promise<unknown> = Promise.resolve()
  return {
    [`GET ${payPath}`]: (incoming) => show(incoming, parts),
    // One act at a time: a second click finds what the first one has paid.
    [`POST ${payPath}`]: (incoming) => {
      const acted = acting.then(() => act(incoming, parts))
      acting = acted.catch(() => undefined)
      return acted
    },
  }
}

async function show(incoming: Incoming, parts: PayParts): Promise<Outgoing> {
  const query = new URLSearchParams(incoming.target.split('?')[1] ?? '')
  const request = parse(Asked, query, incoming)
  if ('fault' in request) return problem(badRequest(request.fault), incoming.target)
  const found = await find(request.value, parts)
  if (found === undefined) return problem(notFound, incoming.target)
  return { status: 200, headers: payHeaders, body: payHtml({ ...request.value, ...found, path: payPath }) }
}

async function act(incoming: Incoming, parts: PayParts): Promise<Outgoing> {
  const request = parse(Chosen, new URLSearchParams(incoming.body.toString('utf8')), incoming)
  if ('fault' in request) return problem(badRequest(request.fault), incoming.target)
  const { act: chosen, team, reference } = request.value
  const found = await find(request.value, parts)
  if (found === undefined) return problem(notFound, incoming.target)
  if (chosen === 'credit-card' || chosen === 'paypal') {
    const { name, country, standing: good } = found.details
    const profile = { name, country, standing: good, paymentMethod: chosen }
    const { status } = await parts.call('ops', `PUT /v1/teams/${team}`, profile)
    if (status !== 200) return problem(badRequest('The payment method was not changed.'), incoming.target)
    await parts.setBehaviour(team, { behaviour: 'settle', lateSeconds: 86_400 })
  } else if (reference !== undefined && found.usdCents !== undefined) {
    await parts.report(reference, chosen === 'pay' ? 'PaymentSettled' : 'PaymentFailed')
  }
  const headers = { location: request.value.return, 'cache-control': 'no-store' }
  return { status: 303, headers, body: '' }
}

function parse<T extends Asked>(
  schema: v.GenericSchema<unknown, T>,
  query: URLSearchParams,
  { headers }: Incoming,
): { readonly value: T } | { readonly fault: string } {
  const result = v.safeParse(schema, Object.fromEntries(query))
  if (!result.success) return { fault: `${v.getDotPath(result.issues[0])}: ${result.issues[0].message}` }
  const { team, reference, return: back } = result.output
  if (reference !== undefined && parsePaymentReference(reference).teamId !== team)
    return { fault: 'reference: belongs to another team' }
  const isOwn = URL.canParse(back) && new URL(back).origin === `http://${headers.host}`
  return isOwn ? { value: result.output } : { fault: 'return: must be an address of the developer hub page' }
}

/** The team, and the amount that is open; undefined where the team, or what the reference names, does not exist. */
async function find({ team, reference }: Asked, { call }: PayParts) {
  const { status, body } = await call(`hub:${team}`, `GET /v1/teams/${team}`)
  if (status !== 200) return undefined
  const details = v.parse(Team, body)
  if (reference === undefined) return { details }
  const isPurchase = 'purchase' in parsePaymentReference(reference).paidFor
  const open = isPurchase ? await findPurchase(team, reference, call) : await findDue(team, reference, call)
  return { details, ...(open && { usdCents: open.usdCents }) }
}

async function findDue(team: string, reference: string, call: OwnCall) {
  const { body } = await call(`hub:${team}`, `GET /v1/teams/${team}/balance`)
  return v.parse(Balance, body).dues.find((due) => due.paymentReference === reference)
}

/** The purchase while it can be paid. */
async function findPurchase(team: string, reference: string, call: OwnCall) {
  let cursor: string | undefined
  for (let pages = 0; pages < pagesMax; pages++) {
    const query = cursor === undefined ? '' : `?cursor=${cursor}`
    const { body } = await call(`hub:${team}`, `GET /v1/teams/${team}/token-purchases${query}`)
    const found = v.parse(Purchases, body)
    const purchase = found.purchases.find(({ paymentReference }) => paymentReference === reference)
    if (purchase !== undefined)
      return ['payment-pending', 'payment-failed'].includes(purchase.status ?? '') ? purchase : undefined
    cursor = found.cursor
    if (cursor === undefined) return undefined
  }
  return undefined
}
