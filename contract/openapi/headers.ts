import type { Json } from './json-schema.ts'

const text = { type: 'string' }

/** Headers that answers carry; API Gateway's own answers have only the first one. */
const headers = {
  GatewayRequestId: {
    name: 'apigw-requestid',
    description: "API Gateway's id of the request.",
    schema: text,
  },
  RequestId: {
    name: 'x-request-id',
    description: 'The id of the request; problems repeat it.',
    schema: text,
  },
  CorrelationId: {
    name: 'x-correlation-id',
    description: "The caller's own id of its work, or the id of the request.",
    schema: text,
  },
  ContentLanguage: {
    name: 'content-language',
    description: 'The language of the texts, by Accept-Language.',
    schema: { type: 'string', enum: ['en', 'ja'] },
  },
  CacheControl: { name: 'cache-control', description: 'no-store, except for the offer.', schema: text },
  NoSniff: {
    name: 'x-content-type-options',
    description: 'Browsers take the content type as it is.',
    schema: { type: 'string', const: 'nosniff' },
  },
  ETag: {
    name: 'etag',
    description:
      'The tag of this answer. It changes with everything that changes the answer, except its own time.',
    schema: text,
  },
  ContentDisposition: {
    name: 'content-disposition',
    description: 'The name of the file, for text/csv.',
    schema: text,
  },
  Link: {
    name: 'link',
    description: 'For text/csv: `<address>; rel="next"` leads to the next page. The last page has none.',
    schema: text,
  },
  ContentSecurityPolicy: {
    name: 'content-security-policy',
    description: 'For text/html: the page has no script.',
    schema: text,
  },
  RetryAfter: {
    name: 'retry-after',
    description: 'Seconds to wait before the same request is sent again.',
    schema: { type: 'integer', minimum: 0 },
  },
  Authenticate: {
    name: 'www-authenticate',
    description: 'Bearer, with the reason where there is a token.',
    schema: text,
  },
} as const

export type HeaderName = keyof typeof headers

/** Headers of every answer that is ours. */
export const onEveryAnswer: readonly HeaderName[] = [
  'GatewayRequestId',
  'RequestId',
  'CorrelationId',
  'CacheControl',
  'NoSniff',
]

/** Every header, as the document has it once. */
export const headerComponents: Json = Object.fromEntries(
  Object.entries(headers).map(([name, { description, schema }]) => [name, { description, schema }]),
)

/** The headers of an answer, as references. */
export function headersOf(names: readonly HeaderName[]): Json {
  return Object.fromEntries(
    names.map((name) => [headers[name].name, { $ref: `#/components/headers/${name}` }]),
  )
}
