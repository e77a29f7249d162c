// The runtime calls the engine for tables and streams with the engine's own protocol. Functions use the SDK.

const timeoutMilliseconds = 10_000

/** The engine returned an error; `code` is its name, such as `ResourceInUseException`. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: string

  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

export type EngineService = 'DynamoDB_20120810' | 'DynamoDBStreams_20120810'

/** Sends one call, such as `CreateTable`. Throws `EngineError`, or a network error. */
export type EngineCall = (service: EngineService, action: string, input: object) => Promise<unknown>

export function engineAt(endpoint: string): EngineCall {
  return async (service, action, input) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...unsigned, 'x-amz-target': `${service}.${action}` },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    throw toError(answer)
  }
}

/**
 * Key id and Region of the runtime. Some engines keep a separate database for each pair, so everything that
 * shares an engine with the runtime must use the same pair.
 */
export const engineIdentity = { accessKeyId: 'local', region: 'us-east-1' } as const

const credential = `${engineIdentity.accessKeyId}/20260101/${engineIdentity.region}/dynamodb/aws4_request`

// Emulators require a signature but cannot verify it, because they do not know the secret.
const unsigned = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
}

function toError(answer: unknown): EngineError {
  const fields: Record<string, unknown> = typeof answer === 'object' && answer !== null ? { ...answer } : {}
  const code = String(fields.__type ?? 'UnknownError')
    .split('#')
    .pop()
  return new EngineError(code ?? 'UnknownError', String(fields.message ?? fields.Message ?? ''))
}
