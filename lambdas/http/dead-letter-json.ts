import type { Message } from '@aws-sdk/client-sqs'
import * as v from 'valibot'
import { instantToJson } from '../../contract/instant.ts'
import type { DeadLetterAnswer } from '../../contract/redrive-dead-letters.ts'
import type { HandledLetter } from '../dead-letters/redrive-queue.ts'

const causeCharsMax = 200
const idPattern = /^[A-Za-z0-9._-]{1,64}$/

/** Parts of a destination's record that name its failure: of a call, and of a batch of the stream. */
const Failure = v.object({
  requestContext: v.optional(v.object({ condition: v.optional(v.string()) })),
  responseContext: v.optional(v.object({ functionError: v.optional(v.string()) })),
  responsePayload: v.optional(
    v.object({ errorType: v.optional(v.string()), errorMessage: v.optional(v.string()) }),
  ),
})
/** An event of the bus, which names its type and its team. */
const BusEvent = v.object({
  'detail-type': v.string(),
  detail: v.optional(v.object({ teamId: v.optional(v.string()) })),
})

/** A letter without its content: its ids, the work, and the failure. */
export function deadLetterToJson({ message, redrive, result, error }: HandledLetter): DeadLetterAnswer {
  const cause = error === undefined ? causeIn(message) : messageOf(error)
  const event = redrive?.kind === 'call' && v.is(BusEvent, redrive.payload) ? redrive.payload : undefined
  const teamId = event?.detail?.teamId
  const sentAt = message.Attributes?.SentTimestamp
  return {
    letterId: message.MessageId ?? '',
    ...(sentAt !== undefined && { sentAt: instantToJson(Number(sentAt)) }),
    work: workOf(redrive),
    ...(redrive !== undefined && { functionName: functionNameOf(redrive.functionArn) }),
    ...(event !== undefined && isId(event['detail-type']) && { eventType: event['detail-type'] }),
    ...(teamId !== undefined && isId(teamId) && { teamId }),
    ...(cause !== undefined && { cause: maskSecrets(cause) }),
    result,
  }
}

const isId = (text: string): boolean => idPattern.test(text)

function workOf(redrive: HandledLetter['redrive']): DeadLetterAnswer['work'] {
  if (redrive === undefined) return 'unknown'
  return redrive.kind === 'ring' ? 'follow' : 'call'
}

/** The function's name, without what CloudFormation adds around it where that is known. */
function functionNameOf(functionArn: string): string {
  const name = functionArn.split(':').at(-1) ?? functionArn
  return /(?:^|-)([A-Z][A-Za-z]*?)Function[0-9A-F]{8}(?:-|$)/.exec(name)?.[1] ?? name
}

function causeIn({ Body = '', MessageAttributes = {} }: Message): string | undefined {
  const stated = MessageAttributes.ERROR_MESSAGE?.StringValue ?? MessageAttributes.ERROR_CODE?.StringValue
  let body: unknown
  try {
    body = JSON.parse(Body)
  } catch {
    return stated
  }
  if (!v.is(Failure, body)) return stated
  const { errorType, errorMessage } = body.responsePayload ?? {}
  const thrown = [errorType, errorMessage].filter((text) => text !== undefined).join(': ')
  return (
    (thrown || undefined) ?? stated ?? body.responseContext?.functionError ?? body.requestContext?.condition
  )
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The first line of an error's text, without what may be somebody's address, a URL with its parameters, or a secret. */
function maskSecrets(cause: string): string {
  const [line = ''] = cause.trim().split('\n', 1)
  return line
    .slice(0, 10 * causeCharsMax)
    .replace(/https?:\/\/\S+/g, '…')
    .replace(/[^\s"'<>]+@[^\s"'<>]+/g, '…')
    .replace(/[A-Za-z0-9+/=_-]{24,}/g, '…')
    .slice(0, causeCharsMax)
}
