import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server'
import * as v from 'valibot'
import { fieldErrors } from '../../contract/field-errors.ts'
import type { Scope } from '../../contract/route.ts'
import type { Caller } from '../http/caller.ts'
import type { HttpEvent, HttpResponse } from '../http/event.ts'
import type { RouteHandler } from '../http/make-route.ts'
import { badRequest, notFound, type Problem } from '../http/outcome.ts'
import { problemResponse } from '../http/problem.ts'
import { requestContextOf } from '../http/request.ts'
import type { MembershipStore } from '../store/memberships.ts'
import { asHolderSees } from './holder-view.ts'
import type { Holder } from './holders.ts'
import { listedInput, listedOutput } from './listed-schema.ts'

/** The parts of a request that a tool passes on to the call that it makes. */
export interface Asker {
  readonly event: HttpEvent
  readonly caller: Caller
  /** Present for the key of a budget. */
  readonly holder?: Holder
}

/** The input of a call of the API. */
export interface CallInput {
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: object | undefined
}

/** Facts about a tool that its clients see. */
export interface ToolFacts {
  readonly name: string
  readonly title: string
  readonly description: string
  /** Clients whose token has another scope do not see the tool. */
  readonly scope: Scope
  /** The holders of budgets see the tools that are for them: `too`, or for nobody else. Default: they do not see it. */
  readonly holders?: 'too' | 'only'
}

export interface Tool extends ToolFacts {
  readonly inputSchema: StandardSchemaWithJSON
  readonly outputSchema: StandardSchemaWithJSON
  /** Makes the tool's call. The result is the answer of the call, also where it is a problem document. */
  readonly run: (args: unknown, asker: Asker) => Promise<HttpResponse>
}

interface ToolParts<Schema extends v.GenericSchema> extends ToolFacts {
  readonly input: Schema
  readonly output: v.GenericSchema
  /** The call of the API that serves the tool. It checks the caller's rights, as it does for any other client. */
  readonly handler: RouteHandler
  readonly toCall: (args: v.InferOutput<Schema>) => CallInput

  /** Absent for a call that is not about a team. */
  readonly memberships?: Pick<MembershipStore, 'ofEmail'>
}

/** A tool that makes one call of the API in this process, with the rights of its caller. */
export function makeTool<Schema extends v.GenericSchema>({
  input,
  output,
  handler,
  toCall,
  memberships,
  ...facts
}: ToolParts<Schema>): Tool {
  return {
    ...facts,
    inputSchema: listedInput(input),
    outputSchema: listedOutput(output),
    async run(args, { event, caller, holder }) {
      const context = requestContextOf(event)
      const read = v.safeParse(input, args, { abortPipeEarly: true })
      if (!read.success) {
        const errors = fieldErrors(read.issues, '', context.language)
        return problemResponse({ problem: 'BAD_REQUEST', errors }, context)
      }
      if (holder !== undefined)
        return answerHolder(holder, {
          event,
          handler,
          args,
          input: toCall(read.output),
          isOfTeam: memberships !== undefined,
        })
      const found = memberships && (await findTeam(caller, textIn(args, 'teamId'), memberships))
      if (found !== undefined && 'problem' in found) return problemResponse(found, context)
      return handler(toEvent(event, found?.teamId, toCall(read.output)))
    },
  }
}

/** The team that a tool is about: the named one, or the only one of the caller. The call itself checks the caller's place in it. */
async function findTeam(
  caller: Caller,
  named: string | undefined,
  memberships: Pick<MembershipStore, 'ofEmail'>,
): Promise<{ readonly teamId: string } | Problem> {
  if (named !== undefined) return { teamId: named }
  if (caller.email === undefined) return caller.teamId === undefined ? notFound : { teamId: caller.teamId }
  const teams = (await memberships.ofEmail(caller.email)).filter(({ isInvited }) => isInvited !== true)
  const [only, ...others] = teams
  if (only === undefined) return notFound
  return others.length === 0 ? only : badRequest({ pointer: '/teamId', message: 'required' })
}

interface HolderCall {
  readonly event: HttpEvent
  readonly handler: RouteHandler
  readonly args: unknown
  readonly input: CallInput
  /** True for a call whose path has the team. All of those take the budget. */
  readonly isOfTeam: boolean
}

/** Makes a holder's call: for its own app, on its own budget, and with an answer that says nothing else of the team. */
async function answerHolder(
  { teamId, budgetId, appId }: Holder,
  { event, handler, args, input, isOfTeam }: HolderCall,
): Promise<HttpResponse> {
  const isForeign =
    [textIn(args, 'appId') ?? appId, textIn(args, 'teamId') ?? teamId].join() !== [appId, teamId].join()
  if (isForeign) return problemResponse(notFound, requestContextOf(event))
  const call = isOfTeam ? { ...input, body: { ...input.body, budgetId } } : input
  const answer = await handler(toEvent(event, isOfTeam ? teamId : undefined, call))
  return { ...answer, body: JSON.stringify(asHolderSees(JSON.parse(answer.body))) }
}

function textIn(args: unknown, name: 'teamId' | 'appId'): string | undefined {
  const value =
    typeof args === 'object' && args !== null ? Object.entries(args).find(([key]) => key === name) : undefined
  return typeof value?.[1] === 'string' ? value[1] : undefined
}

/** The event of the call: the caller's own claims and headers, and the input that the tool has made. */
function toEvent(event: HttpEvent, teamId: string | undefined, { query, body }: CallInput): HttpEvent {
  const { 'if-none-match': _, 'if-match': __, 'content-encoding': ___, ...headers } = event.headers
  const sent = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  return {
    ...event,
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    ...(teamId !== undefined && { pathParameters: { teamId } }),
    queryStringParameters: Object.fromEntries(sent),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  }
}
