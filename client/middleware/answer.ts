import type { Answer } from './call.ts'
import type { Stop } from './stops.ts'

const instanceCharsMax = 200

/** A stop as a problem document (RFC 9457). */
export function problemAnswer(stop: Stop, path: string): Answer {
  const { status, code, title, detail, missing, resumesAt, resolve } = stop
  const type = `urn:tollgate:problem:${code.toLowerCase().replaceAll('_', '-')}`
  const instance = path.split('?', 1)[0]?.slice(0, instanceCharsMax)
  const document = { type, title, status, detail, instance, code, missing, resumesAt, resolve }
  return answer(stop, status, 'application/problem+json', document)
}

/** The message of APS for each refusal that it has one for. The policy's name is what callers search the body for. */
const capacity = 'API request capacity exceeded.'
const apsMessages: Readonly<Record<string, string>> = {
  APP_NOT_IN_HUB: 'Application must be assigned to a Developer Hub.',
  NO_PLAN: capacity,
  APP_LIMIT_REACHED: capacity,
  FREE_LIMIT_REACHED: 'Token exchange access denied. ProductAccessRequiresCapacity',
  TOKENS_EXHAUSTED: capacity,
  SPEND_LIMIT_REACHED: capacity,
  SHORTFALL_DUE: capacity,
}

/**
 * A stop as APS answers it: 400 for an app outside its hub, 403 for every other refusal. 429 is for request rates only, and its
 * clients repeat it at once.
 */
export function apsAnswer(stop: Stop): Answer {
  const { code, detail } = stop
  const isRefusal = stop.status === 403 || stop.status === 429
  const status = !isRefusal ? stop.status : code === 'APP_NOT_IN_HUB' ? 400 : 403
  const message = apsMessages[code]
  const developerMessage = message === undefined ? detail : `${message} ${detail}`
  const moreInfo = 'https://aps.autodesk.com/pricing'
  return answer(stop, status, 'application/json', { developerMessage, moreInfo, errorCode: String(status) })
}

function answer({ retryAfterSeconds }: Stop, status: number, contentType: string, document: object): Answer {
  const headers = {
    'content-type': contentType,
    'cache-control': 'no-store',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  }
  return { status, headers, body: JSON.stringify(document) }
}
