import { classifyCall } from '../../core/catalog/classifier.ts'

/** The meter of a request, or the parts of the request that its meter depends on and that it lacks. */
export type Classified =
  | { readonly meter: string; readonly quantity: number }
  /** Contains `path` where the request is to no API that the classifier knows. */
  | { readonly missing: readonly string[] }

/** Tells which meter a request to an APS API counts on. Without the body, a job's meter is missing. */
export function classify(method: string, url: string, body?: unknown): Classified {
  // APS's own client sends two slashes where its base address ends in one.
  const path = url.replace(/^\/+/, '/')
  const meter = classifyCall({ method, path })
  if (meter === null) return { missing: ['path'] }
  if (!meter.endsWith('-job')) return { meter, quantity: 1 }
  const inputFile = inputFileOf(body)
  const job = inputFile === undefined ? null : classifyCall({ method, path, inputFile })
  return job === null ? { missing: ['body.input'] } : { meter: job, quantity: 1 }
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
