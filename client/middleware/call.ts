/** A request, in the same form on every platform. */
export interface Call {
  readonly method: string
  /** Path with the query string, as sent. */
  readonly path: string
  /** Reads the body, which the service can then still read. Throws `BodyTooLarge`. */
  readonly readBody: () => Promise<unknown>
}

/** An answer that the middleware gives in place of the service. */
export interface Answer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** A job is described in far less. */
const bodyBytesMax = 1_048_576

export class BodyTooLarge extends Error {}

/** Chunks of a body as one text. Throws `BodyTooLarge` as soon as they are too many. */
export async function readText(chunks: AsyncIterable<Uint8Array | string>): Promise<string> {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of chunks) {
    const part = typeof chunk === 'string' ? encoder.encode(chunk) : chunk
    bytes += part.length
    if (bytes > bodyBytesMax) throw new BodyTooLarge()
    text += decoder.decode(part, { stream: true })
  }
  return text + decoder.decode()
}

/** JSON as a value; another text stays one. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
