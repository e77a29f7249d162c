import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { TableModel } from './table-model.ts'
import type { Units } from './tally.ts'
import { type Body, isWrite } from './wire.ts'

interface WireRequest {
  readonly body: string | Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Puts a model between a client of the SDK and its engine, permanently. Each try of a request passes it, so the SDK's
 * repetitions take virtual time and units, too.
 */
export function putBefore(client: DynamoDBDocumentClient, model: TableModel): void {
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' })
      return next(args)
    },
    { step: 'initialize', name: 'modelUnits' },
  )
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as WireRequest
      const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
      let result: Awaited<ReturnType<typeof next>> | undefined
      const forward = async (body?: Body) => {
        result = await next(body === undefined ? args : { ...args, request: withBody(request, body) })
        return unitsOf(action, result.output)
      }
      await model.send({ action, body: JSON.parse(textOf(request)), forward })
      if (result === undefined) throw new Error(`${action} was not answered`)
      return result
    },
    // After the SDK's repetitions and its signature.
    { step: 'finalizeRequest', priority: 'low', name: 'model' },
  )
}

function textOf({ body }: WireRequest): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body)
}

/** The request is copied with its prototype, which the SDK checks. */
function withBody(request: WireRequest, body: Body): WireRequest {
  const text = JSON.stringify(body)
  const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(text)) }
  return Object.assign(Object.create(Object.getPrototypeOf(request)), request, { body: text, headers })
}

function unitsOf(action: string, output: unknown): Units {
  const { ConsumedCapacity } = output as { ConsumedCapacity?: unknown }
  const consumed = [ConsumedCapacity ?? []].flat() as ConsumedCapacity[]
  const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0)
  const isWriting = isWrite(action) || action === 'TransactWriteItems'
  return isWriting ? { writeUnits: units, readUnits: 0 } : { writeUnits: 0, readUnits: units }
}
