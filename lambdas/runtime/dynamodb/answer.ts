import { TableFault, TransactionCancelled } from '../../store/table-errors.ts'
import type { Answer } from './post.ts'
import { fromWire } from './wire.ts'

interface ErrorBody {
  readonly __type?: string
  readonly message?: string
  readonly Message?: string
  readonly CancellationReasons?: ConstructorParameters<typeof TransactionCancelled>[1]
}

/** The output that an answer contains. Throws the error that it contains, under the SDK's name for it. */
export function readAnswer({ status, body }: Answer): object {
  const content = parse(body)
  if (status !== 200) throw errorOf(status, content)
  // The line was cut where nothing announced the length, or a proxy has answered.
  if (content === undefined) throw new TableFault('UnreadableAnswer', 'the answer is not JSON', status)
  return content
}

function errorOf(status: number, content: ErrorBody = {}): Error {
  const name = content.__type?.split('#').at(-1) ?? 'UnknownError'
  const message = content.message ?? content.Message ?? `status ${status}`
  return name === 'TransactionCanceledException'
    ? new TransactionCancelled(message, content.CancellationReasons ?? [])
    : new TableFault(name, message, status)
}

function parse(body: string): object | undefined {
  try {
    const content: unknown = JSON.parse(body)
    return typeof content === 'object' && content !== null ? fromWire(content) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
