import * as v from 'valibot'
import { isTagged } from '../call.ts'
import { operations } from '../calls.ts'
import type { Operation } from '../operation.ts'
import { problemAnswer } from '../problem.ts'
import { type FunctionName, scopesOf } from '../route.ts'
import { routes } from '../routes.ts'
import { headerComponents } from './headers.ts'
import { Components, type Json } from './json-schema.ts'
import { failureComponents, responsesOf } from './responses.ts'

const description = `Authorizes, meters and charges every API call. Instants are RFC 3339; quantities are whole numbers of
base units; money is whole US cents. Problems are RFC 9457 documents. API Gateway answers a few requests before they reach
Tollgate, as \`{"message": "…"}\`: a token that is missing or not valid (401), a path or a method that does not exist (404),
too many requests (429), a body over 10 MB (413).`

const tags = [
  { name: 'meter', description: 'Calls of APS services.' },
  { name: 'hub', description: 'Calls of customers, about their own team.' },
  { name: 'ops', description: 'Calls of operators.' },
  { name: 'document', description: 'This description.' },
] as const

/** The JSON of API Gateway's own answers. */
const gatewayMessage = v.pipe(v.object({ message: v.string() }), v.title('GatewayMessage'))

/** Makes the OpenAPI 3.1 document from the calls of the contract, with the handlers' own schemas. */
export function openApiDocument(): Json {
  const components = new Components()
  const responses = failureComponents(components.refer(problemAnswer), components.refer(gatewayMessage))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tollgate',
      version: '1',
      description: description.replaceAll('\n', ' '),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags,
    paths: pathsOf(components),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      headers: headerComponents,
      responses,
      schemas: components.toJson(),
    },
  }
}

function pathsOf(components: Components): Json {
  const paths: Record<string, Json> = {}
  for (const { method, path, operationId } of routes) {
    const described = operationOf(operations[operationId], components)
    paths[path] = { ...paths[path], [method.toLowerCase()]: described }
  }
  return paths
}

function operationOf(operation: Operation, components: Components): Json {
  const { route } = operation.call
  const { operationId, function: name } = route
  return {
    operationId,
    summary: operation.summary,
    tags: [tagOf(name)],
    security: scopesOf(route).map((scope) => ({ bearer: [scope] })),
    ...parametersOf(operation, components),
    ...requestBodyOf(operation, components),
    responses: responsesOf(operation, components),
  }
}

function tagOf(name: FunctionName): (typeof tags)[number]['name'] {
  if (name === 'get-openapi') return 'document'
  return name === 'hub' || name === 'ops' ? name : 'meter'
}

function parametersOf({ call, problems = [] }: Operation, components: Components): Json {
  const { params, query } = call
  const parameters = [
    ...fieldsOf('path', params, components),
    ...fieldsOf('query', query, components),
    ...(isTagged(call)
      ? [conditional('If-None-Match', 'Tags of answers that the caller has: 304 if one is still right.')]
      : []),
    ...(problems.includes(412)
      ? [conditional('If-Match', 'The `ETag` of what was read: 412 if it has changed since.')]
      : []),
  ]
  return parameters.length > 0 ? { parameters } : {}
}

function conditional(name: string, description: string): Json {
  return { name, in: 'header', required: false, description, schema: { type: 'string' } }
}

function fieldsOf(
  place: 'path' | 'query',
  schema: v.GenericSchema | undefined,
  components: Components,
): readonly Json[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = components.refer(schema) as {
    properties?: Readonly<Record<string, Json>>
    required?: readonly string[]
  }
  return Object.entries(properties).map(([name, { description: words, ...field }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(words !== undefined && { description: words }),
    schema: field,
  }))
}

function requestBodyOf({ call, body = call.body, example }: Operation, components: Components): Json {
  if (body === undefined) return {}
  const { operationId } = call.route
  const name = `${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}Body`
  const schema = components.add(name, components.refer(body))
  const media = { schema, ...(example?.request !== undefined && { example: example.request }) }
  // A common generator makes a client that cannot be imported when a body has two media types.
  const [type = 'application/json', ...others] = call.contentTypes ?? []
  const words = others.length > 0 && { description: `Also taken as ${others.join(' or ')}.` }
  return { requestBody: { ...words, required: true, content: { [type]: media } } }
}
