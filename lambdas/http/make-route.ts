import { type Call, isTagged } from '../../contract/call.ts'
import type { RefusalTextOf } from '../../core/texts/texts-model.ts'
import { type Handler, withMiddlewares } from '../runtime/handler.ts'
import { noteActor } from '../runtime/invocation.ts'
import { correlate, flushMetricsWhenDue } from '../runtime/middlewares.ts'
import type { MembershipStore } from '../store/memberships.ts'
import { actorOf, anonymous, callerOf, isOperatorOf, placeIn, scopeDenial, teamDenial } from './caller.ts'
import { etagOf, isUnchanged } from './etag.ts'
import type { HttpEvent, HttpResponse } from './event.ts'
import { type Input, readInput, readParams } from './input.ts'
import { answerErrors, countAnswers, logAnswers } from './observed.ts'
import { type LazyAnswer, type Outcome, problem } from './outcome.ts'
import { answerHeaders, problemResponse, refusalResponse, rejectionResponse } from './problem.ts'
import { type RequestContext, requestContextOf } from './request.ts'

/** A call of the contract, ready for API Gateway's events. */
export type RouteHandler<R extends Call['route'] = Call['route']> = Handler<HttpEvent, HttpResponse> & {
  readonly route: R
}

/** The parts of a route in which functions differ. */
export interface RouteParts {
  /** The texts of refusals: all, or those of the function's calls. */
  readonly refusalText: RefusalTextOf
  /** Of calls of people, whose role is the one in the team of the path. */
  readonly memberships?: Pick<MembershipStore, 'find'> | undefined
}

/**
 * One call of the contract as a Lambda function: checks the caller and the request, calls the handler with typed
 * values, and puts its result (or a refusal, or a failure) on the wire.
 */
export function makeRoute<C extends Call>(
  call: C,
  handler: (input: Input<C>) => Promise<Outcome> | Outcome,
  { refusalText, memberships }: RouteParts,
): RouteHandler<C['route']> {
  const { operationId } = call.route

  async function answer(event: HttpEvent): Promise<HttpResponse> {
    const context = requestContextOf(event)
    const found = await outcomeOf(event, context)
    const ifNoneMatch = event.headers['if-none-match']
    const early = 'load' in found ? lazyTagOf(found, context) : undefined
    if (early !== undefined && isUnchanged(ifNoneMatch, early)) return unchanged(early, context)
    const outcome = 'load' in found ? { status: 200, body: await found.load() } : found
    const response = toResponse(outcome, context, refusalText)
    if (!isTagged(call) || response.statusCode !== 200) return response
    const etag = early ?? tagOf(outcome, call.timeField)
    return isUnchanged(ifNoneMatch, etag)
      ? unchanged(etag, context, response.headers)
      : { ...response, headers: { ...response.headers, etag } }
  }

  async function outcomeOf(event: HttpEvent, context: RequestContext): Promise<Outcome> {
    const sender = callerOf(event)
    const unscoped = scopeDenial(sender, call.route)
    if (unscoped !== undefined) return problem(unscoped)
    const path = readParams(event, call, context)
    if ('problem' in path) return path
    const teamId = event.pathParameters?.teamId
    const caller = call.route.isPersonal ? sender : await placeIn(teamId, sender, memberships)
    const foreign = teamDenial(caller, call.route, teamId)
    if (foreign !== undefined) return problem(foreign)
    const isOperator = caller !== undefined && isOperatorOf(caller, call.route, teamId)
    if (caller !== undefined) noteActor(actorOf(caller, call.route, isOperator))
    const sent = readInput(event, call, context)
    if ('problem' in sent) return sent
    const { requestId, language } = context
    const { headers } = event
    return handler({
      ...path,
      ...sent,
      caller: caller ?? anonymous,
      isOperator,
      requestId,
      language,
      headers,
    })
  }

  const handle = withMiddlewares<HttpEvent, HttpResponse>(answer, [
    correlate((event) => requestContextOf(event).correlationId),
    flushMetricsWhenDue(),
    logAnswers(operationId),
    countAnswers(operationId),
    answerErrors(),
  ])
  return Object.assign(handle, { route: call.route })
}

/** 304: the caller has this answer already. */
function unchanged(
  etag: string,
  context: RequestContext,
  headers: HttpResponse['headers'] = answerHeaders(context),
): HttpResponse {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('content-'))
  return { statusCode: 304, headers: { ...Object.fromEntries(kept), etag }, body: '' }
}

/** The tag of an answer that is not loaded yet. It is weak: other facts may lead to the same answer. */
function lazyTagOf({ dependsOn }: LazyAnswer, { language }: RequestContext): string {
  return `W/${etagOf({ dependsOn, language })}`
}

function tagOf(outcome: Exclude<Outcome, LazyAnswer>, timeField: string | undefined): string {
  const body = 'body' in outcome ? outcome.body : ''
  return timeField === undefined
    ? etagOf(body)
    : `W/${etagOf({ ...(body as object), [timeField]: undefined })}`
}

function toResponse(
  outcome: Exclude<Outcome, LazyAnswer>,
  context: RequestContext,
  refusalText: RefusalTextOf,
): HttpResponse {
  if ('problem' in outcome) return problemResponse(outcome, context)
  if ('rejected' in outcome) return rejectionResponse(outcome, context)
  if ('refused' in outcome) return refusalResponse(outcome, context, refusalText)
  const { status, body, headers } = outcome
  const common = answerHeaders(context)
  if (body === undefined) return { statusCode: status, headers: { ...common, ...headers }, body: '' }
  const language = { 'content-type': 'application/json', 'content-language': context.language }
  return {
    statusCode: status,
    headers: { ...common, ...language, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}
