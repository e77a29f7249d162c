import { classifyCall } from '../../core/catalog/classifier.ts'

interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

interface Classified {
  readonly meter: string
  readonly quantity: number
}

/** `api`: no API that the classifier knows; `file-type`: a job whose input has no known type. */
interface Unclassified {
  readonly cannotTell: 'api' | 'file-type'
  readonly missing: readonly string[]
}

/** Tells which meter a request to an APS API counts on. Without the body, a job's meter is missing. */
export function classify({ method, path: sentPath, body }: ApiRequest): Classified | Unclassified {
  // APS's own client sends two slashes where its base address ends in one.
  const path = sentPath.replace(/^\/+/, '/')
  const meter = classifyCall({ method, path })
  if (meter === null) return { cannotTell: 'api', missing: ['path'] }
  if (!meter.endsWith('-job')) return { meter, quantity: 1 }
  const inputFile = inputFileOf(body)
  const job = inputFile === undefined ? null : classifyCall({ method, path, inputFile })
  return job === null ? { cannotTell: 'file-type', missing: ['body.input'] } : { meter: job, quantity: 1 }
}

/** The name of the file that a job translates: of an archive, that of its root file. */
function inputFileOf(body: unknown): string | undefined {
  const { compressedUrn, rootFilename, urn } = fieldsOf(fieldsOf(body).input)
  const name = compressedUrn === true ? rootFilename : typeof urn === 'string' ? decodeUrn(urn) : undefined
  return typeof name === 'string' && /\.[a-z0-9]{1,8}$/i.test(name) ? name : undefined
}

/** The last part of an object id, which is often a file name. */
function decodeUrn(urn: string): string | undefined {
  try {
    const bytes = atob(urn.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
    return decodeURIComponent(bytes.split('/').at(-1) ?? '')
  } catch {
    return undefined
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
