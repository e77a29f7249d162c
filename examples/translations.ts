export interface Translated {
  readonly status: number
  readonly body: object
}

/** Manifests of the models that were translated, by the model's URN. */
const manifests = new Map<string, object>()

/** The work of the service. It knows nothing about money. */
export function translate(method: string, url: string, body: unknown): Translated {
  // APS's own client sends two slashes at the beginning.
  const path = url.replace(/^\/+/, '/').split('?', 1)[0] ?? '/'
  if (path === '/health') return { status: 200, body: { status: 'up' } }
  const rest = /^\/modelderivative\/v2\/designdata\/(.+)$/.exec(path)?.[1]
  if (rest === undefined) return { status: 404, body: {} }
  if (method === 'POST' && rest === 'job') return startJob(body)
  if (rest === 'formats') return { status: 200, body: { formats: { svf2: ['rvt', 'nwd', 'ifc', 'dwg'] } } }
  const manifest = manifests.get(rest.split('/', 1)[0] ?? '')
  return manifest === undefined ? { status: 404, body: {} } : { status: 200, body: manifest }
}

/** Translates at once. 201 says that the model was translated before, so that nothing is charged. */
function startJob(body: unknown): Translated {
  const urn = urnOf(body)
  if (urn === undefined) return { status: 400, body: {} }
  const status = manifests.has(urn) ? 201 : 200
  manifests.set(urn, { type: 'manifest', urn, status: 'success', progress: 'complete', derivatives: [] })
  return { status, body: { result: status === 200 ? 'success' : 'created', urn } }
}

function urnOf(body: unknown): string | undefined {
  const { input } = fieldsOf(body)
  const { urn } = fieldsOf(input)
  return typeof urn === 'string' ? urn : undefined
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
