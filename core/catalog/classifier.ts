/** Base path of the Model Derivative API, with its region variants (aps-facts, section 9). */
const basePath = /^\/modelderivative\/v2(?:\/regions\/[^/]+)?\/designdata(?:\/(.*))?$/

/** Input files whose translation is a complex job: Revit, Navisworks and IFC (aps-facts, section 9). */
const complexFiles = /\.(?:rvt|nwd|nwc|ifc)$/i

export interface ApiRequest {
  readonly method: string
  readonly path: string
  /** For a job: the file name of the input; for an archive, the name of its root file. */
  readonly inputFile?: string
}

/** The meter that a Model Derivative call counts on, or null for any other API's call. */
export function classifyCall(call: ApiRequest): string | null {
  const match = basePath.exec(call.path.split('?', 1)[0] ?? '')
  if (match === null) return null
  const rest = (match[1] ?? '').replace(/\/$/, '')
  if (call.method.toUpperCase() !== 'POST' || rest !== 'job') return 'model-derivative-basic'
  return complexFiles.test(call.inputFile ?? '')
    ? 'model-derivative-complex-job'
    : 'model-derivative-simple-job'
}
