import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { problemAnswer } from './answers.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import { type Route, routes } from './routes.ts'
import { usageEvent } from './usage-event.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document, made from the route table and the very schemas that the handlers use. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tollgate',
      version: '1',
      description:
        'Authorizes, meters and charges every API call. Instants are RFC 3339; quantities are whole numbers of base units; money is whole US cents.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: componentSchemas(),
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, text]) => [`Problem${status}`, problemOf(text)]),
      ),
    },
  }
}

/** The JSON Schema of what is sent (not of what it is read as), as OpenAPI 3.1 takes it. */
export function jsonSchemaOf(schema: v.GenericSchema): Json {
  const { $schema, ...rest } = toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'ignore',
    target: 'draft-2020-12',
  })
  return rest
}

const problems: Readonly<Record<string, string>> = {
  400: 'The request is not valid; `errors` names each field.',
  401: 'No valid token.',
  403: 'The token lacks the scope or the role.',
  404: 'Not there, or not for this token to see.',
  409: 'A rule says no; `code` says which one, `resolve` what lifts it.',
  413: 'The body is too large.',
  415: 'The content type is not supported.',
  500: 'We failed to answer.',
  503: 'Nothing was done; send it again after `Retry-After` seconds.',
}

function problemOf(description: string): Json {
  return { description, content: { 'application/problem+json': { schema: reference('Problem') } } }
}

function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` }
}

function componentSchemas(): Json {
  const named = Object.values(operations).flatMap(({ answer }) => (answer ? [answer] : []))
  return Object.fromEntries([
    ['Problem', jsonSchemaOf(problemAnswer)],
    ['UsageEvent', { ...jsonSchemaOf(usageEvent), additionalProperties: true }],
    ...named.map(({ name, schema }) => [name, jsonSchemaOf(schema)]),
  ])
}

function operationOf(route: (typeof routes)[number]): Json {
  if (route.operationId === 'getOpenApi') {
    const content = { 'application/json': { schema: { type: 'object' } } }
    return {
      operationId: route.operationId,
      summary: 'This document.',
      security: [],
      responses: { 200: { description: 'The OpenAPI document.', content } },
    }
  }
  const operation = operations[route.operationId]
  return {
    operationId: route.operationId,
    summary: operation.summary,
    tags: [route.function === 'hub' || route.function === 'ops' ? route.function : 'meter'],
    security: route.scope === null ? [] : [{ bearer: [route.scope] }],
    ...parametersOf(operation),
    ...requestBodyOf(operation),
    responses: responsesOf(route, operation),
  }
}

function parametersOf({ call }: Operation): Json {
  const parameters = [...fieldsOf('path', call.params), ...fieldsOf('query', call.query)]
  return parameters.length > 0 ? { parameters } : {}
}

function fieldsOf(place: 'path' | 'query', schema: v.GenericSchema | undefined): Json[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = jsonSchemaOf(schema) as {
    properties?: Json
    required?: string[]
  }
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: field,
  }))
}

function requestBodyOf({ call, example }: Operation): Json {
  if (call.body === undefined) return {}
  const schema = call.operationId === 'recordUsage' ? usageBatch(call.body) : jsonSchemaOf(call.body)
  const media = { schema, ...(example?.request !== undefined && { example: example.request }) }
  const types = call.contentTypes ?? ['application/json']
  return { requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, media])) } }
}

/** A batch is read as an envelope first; what is documented is what its events should be. */
function usageBatch(envelope: v.GenericSchema): Json {
  return { ...jsonSchemaOf(envelope), items: reference('UsageEvent') }
}

function responsesOf(route: Route, operation: Operation): Json {
  const { call, status, previewStatus, answer, example, canConflict } = operation
  const media = answer && {
    schema: reference(answer.name),
    ...(example?.answer !== undefined && { example: example.answer }),
  }
  const csv = route.operationId === 'getUsage' && { 'text/csv': { schema: { type: 'string' } } }
  const found = media
    ? { description: 'Done.', content: { 'application/json': media, ...csv } }
    : { description: 'Done.' }
  const failures = [
    ...(call.params || call.query || call.body ? [400] : []),
    ...(route.scope === null ? [] : [401, 403]),
    ...(call.params ? [404] : []),
    ...(canConflict ? [409] : []),
    ...(call.body ? [413, 415] : []),
    ...[500, 503],
  ]
  const problemRefs = failures.map((code) => [code, { $ref: `#/components/responses/Problem${code}` }])
  const preview = previewStatus !== undefined && { [previewStatus]: { ...found, description: 'A preview.' } }
  return { ...preview, [status]: found, ...Object.fromEntries(problemRefs) }
}
