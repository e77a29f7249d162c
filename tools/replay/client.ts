import { setTimeout as sleep } from 'node:timers/promises'
import type { UsageResult } from './totals.ts'

export type SendOutcome =
  | { readonly kind: 'answered'; readonly results: readonly UsageResult[]; readonly tries: number }
  /** The request was refused. A smaller request, or one without the faulty line, may succeed. */
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string; readonly tries: number }
  /**
   * The batch was not delivered: there was no answer, or only 429 and 5xx until the last try, or the caller
   * has no permission.
   */
  | { readonly kind: 'undelivered'; readonly reason: string; readonly tries: number }

export interface ReplayClient {
  /** Requests a token. Throws an error with a printable text when nothing answers or no token is issued. */
  connect(): Promise<void>
  /** Sends one batch, given as the JSON texts of its events. */
  send(events: readonly string[]): Promise<SendOutcome>
  /** The server's clock in epoch milliseconds, or this machine's clock when the server has none. */
  now(): Promise<number>
}

/**
 * The fields that the client reads from any answer: the results of a batch, a problem, a token or the clock.
 */
interface AnswerBody {
  readonly results?: readonly UsageResult[]
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  readonly errors?: readonly { readonly message?: string }[]
  readonly token?: string
  readonly now?: string
}

export interface ReplayClientOptions {
  readonly url: string
  /** A token that is sent unchanged. Without it, the local issuer issues one with scope `aps:meter`. */
  readonly token?: string
  /** Number of tries for one batch, including the first. */
  readonly triesMax?: number
  readonly firstPauseMs?: number
}

const pauseMaxMs = 5_000
/** A busy team's callers are asked to wait for up to a minute. */
const askedMaxMs = 60_000
const answerTimeoutMs = 60_000

/** A client of `POST /v1/usage` that retries. Retries are safe, because an event is recorded once. */
export function replayClient({
  url,
  token,
  triesMax = 9,
  firstPauseMs = 150,
}: ReplayClientOptions): ReplayClient {
  let bearer = token === undefined ? undefined : Promise.resolve(token)
  const sendOnce = async (body: string): Promise<Response> => {
    bearer ??= localToken(url)
    const authorization = `Bearer ${await bearer}`
    return request(url, '/v1/usage', 'application/cloudevents-batch+json', { authorization }, body)
  }
  const sendAgain = async (body: string, tries: number): Promise<SendOutcome> => {
    const response = await sendOnce(body).catch(asError)
    // A token of the local issuer may have expired, and a failed request for one must not be remembered.
    if (token === undefined && (response instanceof Error || response.status === 401)) bearer = undefined
    const mayTryAgain = response instanceof Error || mayPassLater(response, token === undefined)
    if (!mayTryAgain || tries >= triesMax) return outcome(response, tries)
    await sleep(pauseMs(response, firstPauseMs, tries))
    return sendAgain(body, tries + 1)
  }
  /** Sends the events of busy teams again, until none is busy or the tries are used up. */
  const sendAll = async (events: readonly string[], tries: number): Promise<SendOutcome> => {
    const sent = await sendAgain(`[${events.join(',')}]`, tries)
    if (sent.kind !== 'answered' || sent.tries >= triesMax) return sent
    const busy = sent.results.flatMap(({ problem }, index) => (problem?.code === 'BUSY' ? [index] : []))
    if (busy.length === 0) return sent
    await sleep(pauseMs(new Error('busy'), firstPauseMs, sent.tries))
    const again = await sendAll(
      busy.map((index) => events[index] ?? ''),
      sent.tries + 1,
    )
    if (again.kind !== 'answered') return again
    const results = [...sent.results]
    for (const [place, result] of again.results.entries()) results[busy[place] ?? results.length] = result
    return { ...again, results }
  }
  const connect = async (tries = 1): Promise<void> => {
    bearer ??= localToken(url)
    const failed = await bearer.then(() => undefined, asError)
    if (failed === undefined) return
    bearer = undefined
    // A starting server answers 503. If nothing listens at the address, waiting would only puzzle the person.
    if (!(failed instanceof NotYet) || tries >= triesMax) throw failed
    await sleep(pauseMs(failed, firstPauseMs, tries))
    return connect(tries + 1)
  }
  return {
    connect: () => connect(),
    send: (events) => sendAll(events, 1),
    now: () => serverNow(url),
  }
}

function mayPassLater(response: Response, ownToken: boolean): boolean {
  return response.status === 429 || response.status >= 500 || (response.status === 401 && ownToken)
}

async function outcome(response: Response | Error, tries: number): Promise<SendOutcome> {
  if (response instanceof Error) return { kind: 'undelivered', reason: response.message, tries }
  const body = await bodyOf(response)
  if (response.status === 200 && Array.isArray(body?.results))
    return { kind: 'answered', results: body.results, tries }
  const reason = String(body?.errors?.[0]?.message ?? body?.detail ?? body?.title ?? 'no reason given')
  if (response.status === 400 || response.status === 413) {
    return { kind: 'refused', code: String(body?.code ?? response.status), reason, tries }
  }
  return { kind: 'undelivered', reason: `HTTP ${response.status} ${reason}`, tries }
}

/**
 * The pause doubles with every try. Half of it is random, so that lanes do not retry at the same time. The
 * pause is at least the server's `Retry-After`, which is up to a minute.
 */
export function pauseMs(response: Response | Error, firstPauseMs: number, tries: number): number {
  const usual = Math.min(pauseMaxMs, firstPauseMs * 2 ** (tries - 1))
  const askedSeconds = response instanceof Error ? 0 : Number(response.headers.get('retry-after') ?? 0)
  const asked = Number.isFinite(askedSeconds) ? Math.min(askedMaxMs, askedSeconds * 1_000) : 0
  return Math.max(asked, usual / 2) + (Math.random() * usual) / 2
}

/** The server is running and asks for a retry. */
class NotYet extends Error {}

async function localToken(url: string): Promise<string> {
  const response = await request(url, '/local/tokens', 'application/json', {}, '{"scopes":["aps:meter"]}')
  const body = await bodyOf(response)
  if (typeof body?.token === 'string') return body.token
  const message = `no token was given (HTTP ${response.status} ${body?.detail ?? ''}); --token sends one of yours`
  throw response.status >= 500 ? new NotYet(message) : new Error(message)
}

async function serverNow(url: string): Promise<number> {
  const response = await fetch(`${url}/local/clock`, { signal: AbortSignal.timeout(answerTimeoutMs) }).catch(
    () => undefined,
  )
  const body = response?.ok ? await bodyOf(response) : undefined
  const now = Date.parse(body?.now ?? '')
  return Number.isNaN(now) ? Date.now() : now
}

async function bodyOf(response: Response): Promise<AnswerBody | undefined> {
  const body: unknown = await response.json().catch(() => undefined)
  return typeof body === 'object' && body !== null ? body : undefined
}

function request(
  url: string,
  path: string,
  contentType: string,
  headers: Record<string, string>,
  body: string,
): Promise<Response> {
  const signal = AbortSignal.timeout(answerTimeoutMs)
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType, ...headers },
    body,
    signal,
  })
}

/** `fetch` hides the reason (connection refused or cut) in the cause of its error. */
function asError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const cause = error.cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  return code === undefined ? error : new Error(code === 'ECONNREFUSED' ? 'nothing answers there' : code)
}
