import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import type { Message } from '@aws-sdk/client-sqs'
import * as v from 'valibot'
import { accountKey } from '../lambdas/store/keys.ts'
import type { Team } from './teams.ts'

/** The work that a dead letter asks to repeat. */
export type Redrive =
  /**
   * A function failed to follow the stream. It is called for every team that is behind, independently of the
   * failed batch.
   */
  | { readonly kind: 'ring'; readonly functionArn: string }
  /** A failed asynchronous call: from the bus, from a schedule, or from another function. */
  | { readonly kind: 'call'; readonly functionArn: string; readonly payload: unknown }

const FromStream = v.object({
  requestContext: v.object({ functionArn: v.string() }),
  DDBStreamBatchInfo: v.looseObject({}),
})
const FromCall = v.object({
  requestContext: v.object({ functionArn: v.string() }),
  requestPayload: v.unknown(),
})

/** Reads the work of a message; undefined when its shape is unknown. */
export function redriveOf({ Body = '', MessageAttributes = {} }: Message): Redrive | undefined {
  let body: unknown
  try {
    body = JSON.parse(Body)
  } catch {
    return undefined
  }
  if (v.is(FromStream, body)) return { kind: 'ring', functionArn: body.requestContext.functionArn }
  if (v.is(FromCall, body))
    return { kind: 'call', functionArn: body.requestContext.functionArn, payload: body.requestPayload }
  const target = MessageAttributes.TARGET_ARN?.StringValue
  return target === undefined ? undefined : { kind: 'call', functionArn: target, payload: body }
}

const Failures = v.object({ batchItemFailures: v.array(v.unknown()) })
/** Number of teams in one call of a function. */
const teamsPerCall = 100

/**
 * Makes a function that repeats the work of dead letters. `behind` returns the teams that some consumer has
 * not followed to the end.
 */
export function redriver(functions: LambdaClient, behind: () => Promise<readonly Team[]>) {
  return async (redrive: Redrive): Promise<void> => {
    if (redrive.kind === 'call') return void (await invoke(functions, redrive.functionArn, redrive.payload))
    const teams = await behind()
    for (let start = 0; start < teams.length; start += teamsPerCall) {
      const Records = teams.slice(start, start + teamsPerCall).map(toRecord)
      const answer = await invoke(functions, redrive.functionArn, { Records })
      if (v.is(Failures, answer) && answer.batchItemFailures.length > 0)
        throw new Error(`${answer.batchItemFailures.length} teams are still behind`)
    }
  }
}

/** The stream record of an account. */
function toRecord({ teamId, version }: Team) {
  const { pk, sk } = accountKey(teamId)
  const keys = { pk: { S: pk }, sk: { S: sk } }
  const NewImage = { ...keys, teamId: { S: teamId }, version: { N: String(version) } }
  return { eventName: 'MODIFY', dynamodb: { Keys: keys, NewImage, SequenceNumber: teamId } }
}

async function invoke(functions: LambdaClient, FunctionName: string, payload: unknown): Promise<unknown> {
  const { FunctionError, Payload } = await functions.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(payload ?? null)) }),
  )
  const text = Payload === undefined ? '' : Buffer.from(Payload).toString('utf8')
  if (FunctionError !== undefined) throw new Error(text.slice(0, 500))
  return text === '' ? undefined : JSON.parse(text)
}
