import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import document from '../../contract/openapi.json' with { type: 'json' }
import type { Route } from '../../contract/route.ts'
import { routes } from '../../contract/routes.ts'
import type { HttpResponse } from '../../lambdas/http/event.ts'

interface Described {
  readonly $ref?: string
  readonly headers?: object
  readonly content?: Readonly<Record<string, object>>
}

type Paths = Readonly<
  Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Described>> }>>>
>

const paths: Paths = document.paths
const components: Readonly<Record<string, Described>> = document.components.responses
const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
ajv.addSchema({ $id: 'api', ...document })

/**
 * Throws when a call returns a status, media type, header or body that the OpenAPI document does not
 * describe.
 */
export function expectDocumented(operationId: string, { statusCode, headers, body }: HttpResponse): void {
  const route: Route | undefined = routes.find((known) => known.operationId === operationId)
  if (route === undefined) throw new Error(`${operationId} is not a call of the contract`)
  const fail = (what: string) =>
    new Error(`${operationId} answers ${statusCode} with ${what}, which is not in openapi.yaml`)
  const method = route.method.toLowerCase()
  const named = paths[route.path]?.[method]?.responses[statusCode]
  if (named === undefined) throw fail('that status')
  const name = named.$ref?.split('/').at(-1)
  const described = name === undefined ? named : components[name]
  const unknown = Object.keys(headers).filter(
    (header) => header !== 'content-type' && !(header in (described?.headers ?? {})),
  )
  if (unknown.length > 0) throw fail(`header ${unknown}`)
  if (body === '') return
  const type = headers['content-type']?.split(';')[0] ?? ''
  if (described?.content?.[type] === undefined) throw fail(type)
  if (!type.endsWith('json')) return
  const response =
    name === undefined
      ? `paths/${pointer(route.path)}/${method}/responses/${statusCode}`
      : `components/responses/${name}`
  const validate = ajv.getSchema(`api#/${response}/content/${pointer(type)}/schema`)
  if (validate?.(JSON.parse(body)) !== true) throw fail(`${ajv.errorsText(validate?.errors)} in ${body}`)
}

function pointer(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))
}
