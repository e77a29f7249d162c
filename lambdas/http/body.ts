import type { Call } from '../../contract/call.ts'
import { type FieldFault, pointerSegment } from '../../contract/field-errors.ts'
import { mediaTypeOf } from '../../contract/media-type.ts'
import type { HttpEvent } from './event.ts'
import { badRequest, type Problem } from './outcome.ts'

const bodyBytesMax = 65_536
const jsonOnly: readonly string[] = ['application/json']
const depthMax = 16

/** The JSON of a request's body, not yet checked against the schema; or the reason why it cannot be read. */
export function readBody(event: HttpEvent, call: Call): { readonly json: unknown } | Problem {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
  const limit = call.bodyBytesMax ?? bodyBytesMax
  if (bytes.length > limit) return { problem: 'PAYLOAD_TOO_LARGE', facts: { limit } }
  if (bytes.length === 0) return badRequest({ pointer: '', message: 'body' })
  const encoding = encodingOf(event.headers)
  if (encoding !== undefined) return { problem: 'UNSUPPORTED_MEDIA_TYPE', facts: { encoding } }
  const mediaType = mediaTypeOf(event.headers['content-type'] ?? '')
  if (!(call.contentTypes ?? jsonOnly).includes(mediaType)) return { problem: 'UNSUPPORTED_MEDIA_TYPE' }
  const read = parseJson(bytes)
  return 'json' in read && call.toBody ? { json: call.toBody(read.json, event.headers) } : read
}

/** The encoding of the body, such as `gzip`; undefined if the body is not encoded. */
function encodingOf(headers: HttpEvent['headers']): string | undefined {
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase()
  if (encoding === '' || encoding === 'identity') return undefined
  return /^[a-z0-9-]{1,20}$/.test(encoding) ? encoding : 'unknown'
}

function parseJson(bytes: Uint8Array): { readonly json: unknown } | Problem {
  try {
    const root = { body: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown }
    const fault = tidy(root.body, '', 1)
    return fault === undefined ? { json: root.body === 0 ? 0 : root.body } : badRequest(fault)
  } catch {
    return badRequest({ pointer: '', message: 'json' })
  }
}

/** Turns -0 into 0, so that equal numbers are equal everywhere, and finds values that are nested too deep. */
function tidy(value: unknown, pointer: string, depth: number): FieldFault | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > depthMax) return { pointer, message: 'depth', limit: depthMax }
  const node = value as Record<string, unknown>
  for (const key of Object.keys(node)) {
    const child = node[key]
    if (child === 0) node[key] = 0
    else if (typeof child === 'object') {
      const fault = tidy(child, `${pointer}/${pointerSegment(key)}`, depth + 1)
      if (fault !== undefined) return fault
    }
  }
  return undefined
}
