import { classify } from '../../core/catalog/classifier.ts'
import { apsAnswer, problemAnswer } from './answer.ts'
import { type Answer, BodyTooLarge, type Call } from './call.ts'
import { clearPath } from './clear-path.ts'
import type { MeteredCall, MiddlewareOptions } from './options.ts'
import { bodyTooLarge, type Stop, unclassifiedStop, unclearPath, unknownCaller } from './stops.ts'
import { authorizeJob, countCall, type Visit, type VisitOptions } from './visit.ts'

/** Decides about a request before the service sees it: the answer to one that does not run, or the visit of one that does. */
export type Gate<Request> = (request: Request, call: Call) => Promise<Answer | Visit>

/** `retries` is the most times that the end of a job is reported again after a report that failed. */
export function openGate<Request>(options: MiddlewareOptions<Request>, retries?: number): Gate<Request> {
  return async (request, call) => {
    const entry = await ask({ ...options, retries }, request, call)
    if (typeof entry === 'function') return entry
    return options.apsBody === true ? apsAnswer(entry) : problemAnswer(entry, call.path)
  }
}

async function ask<Request>(
  options: VisitOptions<Request>,
  request: Request,
  call: Call,
): Promise<Visit | Stop> {
  const path = clearPath(call.path)
  if (path === undefined) return unclearPath
  // A browser's preflight has no token, and asks for nothing that costs.
  const metered = call.method === 'OPTIONS' ? 'pass' : await meterOf(options, request, { ...call, path })
  if (metered === 'pass') return async () => {}
  if ('status' in metered) return metered
  const appId = await options.appOf(request)
  if (appId === undefined || appId === '') return unknownCaller
  const { meter, quantity = 1, isReserved = !meter.endsWith('-basic') } = metered
  return (isReserved ? authorizeJob : countCall)(options, { request, appId, meter, quantity })
}

async function meterOf<Request>(
  { onUnclassified: rule }: MiddlewareOptions<Request>,
  request: Request,
  { method, path, readBody }: Call,
): Promise<MeteredCall | Stop | 'pass'> {
  let found = classify({ method, path })
  try {
    if ('cannotTell' in found && found.cannotTell === 'file-type')
      found = classify({ method, path, body: await readBody() })
  } catch (error) {
    if (error instanceof BodyTooLarge) return bodyTooLarge
    throw error
  }
  if ('meter' in found) return found
  const { cannotTell, missing } = found
  const isOtherApi = cannotTell === 'api'
  const ruled = typeof rule === 'function' ? rule(request, missing) : isOtherApi ? undefined : rule
  const verdict = ruled ?? (isOtherApi ? 'pass' : 'reject')
  return verdict === 'reject' ? unclassifiedStop(missing) : verdict
}
