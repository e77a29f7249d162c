import { decodeBase64 } from './base64.ts'
import { type FileType, fileTypeOf } from './file-types.ts'

/** A request to an APS API, as a service or a gateway in front of it sees it. */
export interface ApiRequest {
  readonly method: string
  /** The path as it was sent, with or without its query. */
  readonly path: string
  /** The classifier accepts all headers and needs none: a `region` chooses the place of the work, not its meter. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** The JSON of the body, or its text. */
  readonly body?: unknown
}

/** The meter on which a request counts, in base units. */
export interface Classified {
  readonly meter: string
  readonly quantity: number
}

/** `api`: no API that the classifier knows; `file-type`: a job whose input has no known type; `quantity`: the use is known after the work. */
export type CannotTell = 'api' | 'file-type' | 'quantity'

/** A request whose meter cannot be determined, with the parts that would tell it, such as `body.input.rootFilename`. */
export interface Unclassified {
  readonly cannotTell: CannotTell
  readonly missing: readonly string[]
}

/** Base path of the Model Derivative API, with its older region variants (aps-facts, section 9). */
const modelDerivative = /^\/modelderivative\/v2(?:\/regions\/[^/]+)?\/designdata(?:\/(.*))?$/i

/** Calls that start rated work of the other APIs, and the facts about the work that no request contains. */
const otherWork: readonly { readonly path: RegExp; readonly missing: readonly string[] }[] = [
  { path: /^\/da\/[^/]+\/v3\/workitems(?:\/(?:batch|combined))?\/?$/i, missing: ['engine', 'seconds'] },
  { path: /^\/flow\/compute\/v1\/(?:.+\/)?jobs\/?$/i, missing: ['seconds'] },
  { path: /^\/photo-to-3d\/v1\/photoscene\/[^/]+\/?$/i, missing: ['photos'] },
]

/**
 * Tells the meter of a request to an APS API. Never guesses: a job is complex or simple only where its input names a file of a
 * known type. Every other Model Derivative call counts as basic.
 */
export function classify({ method, path, body }: ApiRequest): Classified | Unclassified {
  const place = normalPath(path)
  if (place === undefined) return { cannotTell: 'api', missing: ['path'] }
  const isPost = method.toUpperCase() === 'POST'
  const match = modelDerivative.exec(place)
  if (match === null) {
    const work = isPost ? otherWork.find((each) => each.path.test(place)) : undefined
    return work === undefined
      ? { cannotTell: 'api', missing: ['path'] }
      : { cannotTell: 'quantity', missing: work.missing }
  }
  const rest = (match[1] ?? '').replace(/\/$/, '').toLowerCase()
  if (!isPost || rest !== 'job') return { meter: 'model-derivative-basic', quantity: 1 }
  return classifyJob(fieldsOf(body))
}

/**
 * The path without its query, and with the characters decoded that need no encoding, since `%6Aob` and `job` are the same path.
 * Its first slashes count as one, because the official SDK sends two. Undefined where dot segments let different servers read different paths.
 */
function normalPath(path: string): string | undefined {
  const plain = (path.split(/[?#]/, 1)[0] ?? '').replace(/%([0-9a-f]{2})/gi, (encoded, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return /[A-Za-z0-9._~-]/.test(character) ? character : encoded
  })
  const hasDots = plain.split('/').some((segment) => segment === '.' || segment === '..')
  return hasDots ? undefined : plain.replace(/^\/+/, '/')
}

function classifyJob(body: Fields | undefined): Classified | Unclassified {
  const input = body && fieldsOf(body.input)
  if (input === undefined) return { cannotTell: 'file-type', missing: [body ? 'body.input' : 'body'] }
  const type = inputTypeOf(input)
  if (typeof type === 'object') return type
  const meter = type === 'complex' ? 'model-derivative-complex-job' : 'model-derivative-simple-job'
  return { meter, quantity: 1 }
}

/** The type of a job's input. A compressed input counts as its root file; any other input as the object that it names. */
function inputTypeOf({ urn, compressedUrn = false, rootFilename }: Fields): FileType | Unclassified {
  if (typeof compressedUrn !== 'boolean')
    return { cannotTell: 'file-type', missing: ['body.input.compressedUrn'] }
  const decoded = typeof urn === 'string' ? decodeBase64(urn) : undefined
  if (decoded === undefined) return { cannotTell: 'file-type', missing: ['body.input.urn'] }
  const ofObject = compressedUrn ? undefined : fileTypeOf(objectNameOf(decoded))
  const ofRoot = typeof rootFilename === 'string' ? fileTypeOf(rootFilename) : undefined
  return ofObject ?? ofRoot ?? { cannotTell: 'file-type', missing: ['body.input.rootFilename'] }
}

/** The name of an object in storage; empty for other ids, such as those of versions, which contain no file name. */
function objectNameOf(id: string): string {
  return /^urn:adsk\.objects:os\.object:[^/]+\/([^?]*)/i.exec(id)?.[1] ?? ''
}

type Fields = Readonly<Record<string, unknown>>

/** The fields of an object, or of the JSON text of one. */
function fieldsOf(value: unknown): Fields | undefined {
  const json = typeof value === 'string' ? parsed(value) : value
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
