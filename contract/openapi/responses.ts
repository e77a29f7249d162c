import { isTagged } from '../call.ts'
import type { Operation } from '../operation.ts'
import { type HeaderName, headersOf, onEveryAnswer } from './headers.ts'
import type { Components, Json } from './json-schema.ts'

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
  412: {
    name: 'PreconditionFailed',
    description: 'Changed since it was read, by `If-Match`; nothing was done.',
    by: ['ours'],
  },
  413: { name: 'TooLarge', description: 'The body is too large.', by: ['ours', 'gateway'] },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The content type or the content encoding is not supported.',
    by: ['ours'],
  },
  422: {
    name: 'Rejected',
    description:
      'The usage event, sent alone, is rejected, or the request cannot be classified: `code` names the reason.',
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
      const names = failure.by.includes('ours')
        ? [...onEveryAnswer, 'ContentLanguage' as const]
        : ['GatewayRequestId' as const]
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

/** The status of an answer without a body, also of a call whose preview has one. */
const noContent = '204'

/** Every response of a call, by status. */
export function responsesOf(operation: Operation, components: Components): Json {
  const found = Object.entries(operation.statuses).map(([status, description]) => [
    status,
    status === noContent
      ? { description, headers: headersOf(onEveryAnswer) }
      : successOf(description, operation, components),
  ])
  const failed = failuresOf(operation).map((status) => [
    status,
    { $ref: `#/components/responses/${failures[status]?.name}` },
  ])
  const unchanged = isTagged(operation.call) ? [[304, notModified]] : []
  return Object.fromEntries([...found, ...unchanged, ...failed])
}

const notModified = {
  description: 'Nothing has changed since the `ETag` that `If-None-Match` names.',
  headers: headersOf([...onEveryAnswer, 'ETag']),
}

function successOf(
  description: string,
  { call, answer, media = [], headers: more = [], example }: Operation,
  components: Components,
) {
  if (answer === undefined && media.length === 0) return { description, headers: headersOf(onEveryAnswer) }
  const json = answer && {
    schema: components.refer(answer),
    ...(example?.answer !== undefined && { example: example.answer }),
  }
  return {
    description,
    headers: headersOf([
      ...onEveryAnswer,
      'ContentLanguage',
      ...(isTagged(call) ? (['ETag'] as const) : []),
      ...more,
    ]),
    content: {
      ...(json && { 'application/json': json }),
      ...Object.fromEntries(media.map((type) => [type, { schema: { type: 'string' } }])),
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
    // A query that the call does not have is not valid, either.
    400,
    ...(scope === null ? [] : [401, 403]),
    ...(isHub || problems.includes(404) ? [404] : []),
    ...(problems.includes(409) ? [409] : []),
    ...(problems.includes(412) ? [412] : []),
    ...(call.body === undefined ? [] : [413, 415]),
    ...(problems.includes(422) ? [422] : []),
    ...[429, 500, 503],
  ]
}
