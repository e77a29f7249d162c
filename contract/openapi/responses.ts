import type { Call } from '../call.ts'
import type { Operation } from '../operation.ts'
import type { Components, Json } from './json-schema.ts'

const text = { type: 'string' }

/** Headers of answers. API Gateway's own answers have only the first one. */
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
  CacheControl: { name: 'cache-control', description: 'Says if a cache may store the answer.', schema: text },
  NoSniff: {
    name: 'x-content-type-options',
    description: 'Browsers must not guess another content type.',
    schema: { type: 'string', const: 'nosniff' },
  },
  ContentDisposition: {
    name: 'content-disposition',
    description: 'The name of the file, for text/csv.',
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
    description: 'Bearer; with the reason if a token was sent.',
    schema: text,
  },
} as const

type HeaderName = keyof typeof headers

const always: readonly HeaderName[] = [
  'GatewayRequestId',
  'RequestId',
  'CorrelationId',
  'CacheControl',
  'NoSniff',
]

export const headerComponents: Json = Object.fromEntries(
  Object.entries(headers).map(([name, { description, schema }]) => [name, { description, schema }]),
)

function headersOf(names: readonly HeaderName[]): Json {
  return Object.fromEntries(
    names.map((name) => [headers[name].name, { $ref: `#/components/headers/${name}` }]),
  )
}

interface Failure {
  readonly name: string
  readonly description: string
  /**
   * `ours`: a problem document. `gateway`: API Gateway's `{"message"}`, before any function runs. The most
   * frequent comes first.
   */
  readonly by: readonly ('ours' | 'gateway')[]
  readonly headers?: readonly HeaderName[]
}

const failures: Readonly<Record<number, Failure>> = {
  400: {
    name: 'BadRequest',
    description: 'The request is not valid; `errors` names each field.',
    by: ['ours'],
  },
  401: {
    name: 'Unauthenticated',
    description: 'No valid token.',
    by: ['gateway', 'ours'],
    headers: ['Authenticate'],
  },
  403: {
    name: 'Forbidden',
    description: 'The token lacks the scope or the role.',
    by: ['ours', 'gateway'],
  },
  404: { name: 'NotFound', description: 'It does not exist, or this token may not see it.', by: ['ours'] },
  409: {
    name: 'Conflict',
    description: 'A rule refuses the call: `code` names the rule, `resolve` the remedy.',
    by: ['ours'],
  },
  413: { name: 'TooLarge', description: 'The body is too large.', by: ['ours', 'gateway'] },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The content type is not supported.',
    by: ['ours'],
  },
  429: {
    name: 'TooManyRequests',
    description: 'More calls than the limit of the API or of the route; nothing was done.',
    by: ['gateway'],
  },
  500: { name: 'Failed', description: 'We failed to answer.', by: ['ours', 'gateway'] },
  503: {
    name: 'Busy',
    description: 'Nothing was done; repeat the call after `Retry-After` seconds.',
    by: ['ours', 'gateway'],
    headers: ['RetryAfter'],
  },
}

/** The answers of failures, by name; the document contains each once. */
export function failureComponents(problem: Json, message: Json): Json {
  const content = {
    ours: ['application/problem+json', { schema: problem }],
    gateway: ['application/json', { schema: message }],
  } as const
  return Object.fromEntries(
    Object.values(failures).map((failure) => {
      const names = failure.by.includes('ours') ? [...always, 'ContentLanguage' as const] : always.slice(0, 1)
      return [
        failure.name,
        {
          description: failure.description,
          headers: headersOf([...names, ...(failure.headers ?? [])]),
          content: Object.fromEntries(failure.by.map((by) => content[by])),
        },
      ]
    }),
  )
}

/** Every response of a call, by status. */
export function responsesOf(operation: Operation, components: Components): Json {
  const found = Object.entries(operation.statuses).map(([status, description]) => [
    status,
    successOf(description, operation, components),
  ])
  const failed = failuresOf(operation).map((status) => [
    status,
    { $ref: `#/components/responses/${failures[status]?.name}` },
  ])
  return Object.fromEntries([...found, ...failed])
}

function successOf(
  description: string,
  { answer, media = [], headers: more = [], example }: Operation,
  components: Components,
) {
  if (answer === undefined) return { description, headers: headersOf(always) }
  const json = {
    schema: components.refer(answer),
    ...(example?.answer !== undefined && { example: example.answer }),
  }
  return {
    description,
    headers: headersOf([...always, 'ContentLanguage', ...more]),
    content: {
      'application/json': json,
      ...Object.fromEntries(media.map((type) => [type, { schema: text }])),
    },
  }
}

/**
 * Failure statuses: those that follow from the call's scope and input, and those that only its handler knows.
 */
function failuresOf({ call, problems = [] }: Operation): readonly number[] {
  const { scope } = call.route
  const isHub = scope === 'hub:read' || scope === 'hub:write'
  return [
    ...(hasInput(call) ? [400] : []),
    ...(scope === null ? [] : [401, 403]),
    ...(isHub || problems.includes(404) ? [404] : []),
    ...(problems.includes(409) ? [409] : []),
    ...(call.body === undefined ? [] : [413, 415]),
    ...[429, 500, 503],
  ]
}

function hasInput({ params, query, body }: Call): boolean {
  return params !== undefined || query !== undefined || body !== undefined
}
