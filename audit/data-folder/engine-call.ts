// The engine's own protocol, for what the runtime itself asks: tables and streams. Functions use the SDK.

const timeoutMilliseconds = 10_000

/** The engine answered with an error; `code` is its name, such as `ResourceInUseException`. */
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

// Emulators want to see a signature but cannot know the secret to check it with.
const unsigned = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
}

function toError(answer: unknown): EngineError {
  const fields: Record<string, unknown> = typeof answer === 'object' && answer !== null ? { ...answer } : {}
  const code = String(fields.__type ?? 'UnknownError')
    .split('#')
    .pop()
  return new EngineError(code ?? 'UnknownError', String(fields.message ?? fields.Message ?? ''))
}
