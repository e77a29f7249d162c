import * as v from 'valibot'
import { pointerSegment } from '../../contract/field-errors.ts'
import { problemAnswer } from '../../contract/problem.ts'
import type { PartyAnswer } from '../support/party.ts'
import type { FuzzRequest } from './requests.ts'

/** Statuses of requests that are refused before anything is decided: nothing is written for them. */
const refusedEarly = [400, 401, 403, 404, 413, 415]

/** Returns what is wrong with an answer, or undefined. `writes` is the number of write requests that were sent for it. */
export function findFault(request: FuzzRequest, answer: PartyAnswer, writes: number): string | undefined {
  const { status, body } = answer
  if (status >= 500) return `status ${status}`
  if (refusedEarly.includes(status) && writes > 0) return `status ${status} after ${writes} writes`
  if (status >= 400) return problemFault(request, answer)
  return request.operationId === 'recordUsage' ? resultsFault(body, writes) : undefined
}

function problemFault({ sent }: FuzzRequest, { status, headers, body }: PartyAnswer): string | undefined {
  const problem = v.safeParse(problemAnswer, body)
  const isProblem = headers['content-type'] === 'application/problem+json' && problem.success
  if (!isProblem || problem.output.status !== status) return `status ${status} without its problem document`
  if (status !== 400) return undefined
  const pointers = (problem.output.errors ?? []).map(({ pointer }) => pointer)
  if (pointers.length === 0) return 'status 400 without a field'
  const wrong = pointers.find((pointer) => !isPlace(pointer, sent.text))
  return wrong === undefined ? undefined : `status 400 with the field ${wrong}, which was not sent`
}

/** Every rejected event has a reason, and a bad one names its fields. Without another event, nothing is written. */
function resultsFault({ results }: PartyAnswer['body'], writes: number): string | undefined {
  const rows = v.parse(v.array(resultRow), results)
  const isBad = rows.map(({ problem }) => problem?.code === 'BAD_EVENT')
  if (rows.some(({ status, problem }) => (status === 'rejected') !== (problem !== undefined)))
    return 'a rejected event without a problem'
  if (rows.some(({ problem }, index) => isBad[index] && !problem?.errors?.length))
    return 'a bad event without a field'
  return isBad.every(Boolean) && writes > 0 ? `${writes} writes for bad events` : undefined
}

const resultRow = v.object({
  status: v.string(),
  problem: v.optional(v.object({ code: v.string(), errors: v.optional(v.array(v.unknown())) })),
})

/** True for a parameter, for a place of the sent JSON, and for a missing field of a place of it. */
function isPlace(pointer: string, text: string | undefined): boolean {
  const [, first, ...more] = pointer.split('/')
  if (first === undefined) return true
  if ((first === 'path' || first === 'query') && more.length === 1) return true
  let node: unknown = JSON.parse(text ?? 'null')
  for (const segment of [first, ...more]) {
    if (typeof node !== 'object' || node === null) return false
    const entry = Object.entries(node).find(([key]) => pointerSegment(key) === segment)
    node = entry?.[1]
  }
  return true
}
