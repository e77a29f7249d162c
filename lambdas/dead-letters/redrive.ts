import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda'
import type { Message } from '@aws-sdk/client-sqs'
import * as v from 'valibot'
import { accountKey } from '../store/keys.ts'

/** A team that a follower of the stream has not followed to the end. */
export interface TeamBehind {
  readonly teamId: string
  /** Version of its account. */
  readonly version: number
}

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
  if (v.is(FromStream, body))
    return { kind: 'ring', functionArn: unqualified(body.requestContext.functionArn) }
  if (v.is(FromCall, body))
    return {
      kind: 'call',
      functionArn: unqualified(body.requestContext.functionArn),
      payload: body.requestPayload,
    }
  const target = MessageAttributes.TARGET_ARN?.StringValue
  return target === undefined ? undefined : { kind: 'call', functionArn: unqualified(target), payload: body }
}

/** Lambda names the version that failed; the permission to call a function does not include versions. */
const unqualified = (functionArn: string): string => functionArn.replace(/:\$LATEST$/, '')

const Failures = v.object({ batchItemFailures: v.array(v.unknown()) })
/** Number of teams in one call of a function. */
const teamsPerCall = 100

export interface RedriverParts {
  readonly functions: LambdaClient
  /** Returns the teams that some consumer has not followed to the end. */
  readonly behind: () => Promise<readonly TeamBehind[]>
  /** The longest wait for all calls of one message. The function itself goes on after it. Default: no bound. */
  readonly waitMs?: number
}

/** Makes a function that repeats the work of dead letters. It throws when the work fails again. */
export function redriver({ functions, behind, waitMs }: RedriverParts) {
  return async (redrive: Redrive): Promise<void> => {
    const abortSignal = waitMs === undefined ? undefined : AbortSignal.timeout(waitMs)
    const invoke = async (payload: unknown): Promise<unknown> => {
      const Payload = Buffer.from(JSON.stringify(payload ?? null))
      const command = new InvokeCommand({ FunctionName: redrive.functionArn, Payload })
      const sent = functions.send(command, abortSignal && { abortSignal })
      const result = await sent.catch((cause) => {
        throw abortSignal?.aborted === true ? new Error('no answer in time; the function goes on') : cause
      })
      return resultOf(result)
    }
    if (redrive.kind === 'call') return void (await invoke(redrive.payload))
    const teams = await behind()
    for (let start = 0; start < teams.length; start += teamsPerCall) {
      const Records = teams.slice(start, start + teamsPerCall).map(toRecord)
      const answer = await invoke({ Records })
      if (v.is(Failures, answer) && answer.batchItemFailures.length > 0)
        throw new Error(`${answer.batchItemFailures.length} teams are still behind`)
    }
  }
}

/** The stream record of an account. */
function toRecord({ teamId, version }: TeamBehind) {
  const { pk, sk } = accountKey(teamId)
  const keys = { pk: { S: pk }, sk: { S: sk } }
  const NewImage = { ...keys, teamId: { S: teamId }, version: { N: String(version) } }
  return { eventName: 'MODIFY', dynamodb: { Keys: keys, NewImage, SequenceNumber: teamId } }
}

function resultOf({ FunctionError, Payload }: InvokeCommandOutput): unknown {
  const text = Payload === undefined ? '' : Buffer.from(Payload).toString('utf8')
  if (FunctionError !== undefined) throw new Error(text.slice(0, 500))
  return text === '' ? undefined : JSON.parse(text)
}
