import { McpServer } from '@modelcontextprotocol/server'
import type { HttpResponse } from '../http/event.ts'
import { problem } from '../http/outcome.ts'
import { problemResponse } from '../http/problem.ts'
import { requestContextOf } from '../http/request.ts'
import { logFailure } from '../runtime/log.ts'
import type { Asker, Tool } from './tool.ts'

const answerCharsMax = 100_000

const instructions = `Tollgate decides whether an app may use a metered API, and who pays.
Ask whoami for your teams and apps and rates for the meters. Before work: quote (what it costs at most) or may_i.
To run work: authorize with your own jobId, do the work, capture what it used with final true. void gives back an unused authorization.
A decision "deny" is a normal answer: its refusal says what is missing, what lifts it, and when time alone lifts it.
Quantities are whole numbers of a meter's base unit. Money is in US cents. Instants are UTC.`

/** A server with the tools that a caller's scopes open. It serves one request and stores nothing. */
export function makeServer(tools: readonly Tool[], asker: Asker): McpServer {
  const server = new McpServer(
    { name: 'tollgate', title: 'Tollgate', version: '1.0.0' },
    { capabilities: { tools: { listChanged: false } }, instructions },
  )
  for (const tool of tools.filter((each) => isFor(each, asker))) {
    const { name, title, description, scope, inputSchema, outputSchema } = tool
    const annotations = {
      readOnlyHint: scope === 'hub:read',
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    }
    server.registerTool(
      name,
      { title, description, inputSchema, outputSchema, annotations },
      async (args: unknown) => toResult(await answerOf(tool, args, asker)),
    )
  }
  return server
}

function isFor({ scope, holders }: Tool, { caller, holder }: Asker): boolean {
  return holder === undefined ? holders !== 'only' && caller.scopes.has(scope) : holders !== undefined
}

/** The tool's answer. An unexpected error becomes a problem document, because its text must not leave the system. */
async function answerOf(tool: Tool, args: unknown, asker: Asker): Promise<HttpResponse> {
  try {
    return await tool.run(args, asker)
  } catch (cause) {
    logFailure(tool.name, {}, cause instanceof Error ? cause : new Error(String(cause)))
    return problemResponse(problem('INTERNAL_ERROR'), requestContextOf(asker.event))
  }
}

/** A success has the answer as text and as structure. A problem is an error that the agent can read. */
function toResult({ statusCode, body }: HttpResponse) {
  const isTooLong = body.length > answerCharsMax
  const text = isTooLong ? JSON.stringify(tooLong) : body
  const content = [{ type: 'text' as const, text }]
  if (isTooLong || statusCode !== 200) return { content, isError: true }
  return { content, structuredContent: JSON.parse(body) as Record<string, unknown> }
}

const tooLong = {
  code: 'ANSWER_TOO_LONG',
  title: 'The answer is too long',
  detail: `The answer has more than ${answerCharsMax} characters. Ask for a shorter time, or group by fewer dimensions.`,
}
