import { request } from 'node:http'

/** Tollgate as it was deployed somewhere, as a caller from outside finds it. */
export interface Target {
  /** Base URL of the API's routes, without a trailing slash. */
  readonly url: string
  /** The host in requests to the API, if it is not that of `url`. */
  readonly host?: string
  /** Milliseconds by which every schedule of the deployment has fired. */
  readonly scheduleMs: number
  /** The deployment's own time, epoch milliseconds. */
  now(): Promise<number>
  /** Lets the deployment's time go on until then. */
  passUntil(at: number): Promise<void>
  /** A token for a service or an operator (no team), or for somebody of a team. */
  tokenFor(who: Who): Promise<string>
  /** Lets the payment processor settle the purchases of a team, twice each. */
  settlePaymentsOf(teamId: string): Promise<void>
  stop(): Promise<void>
}

export interface Person {
  readonly team: string
  readonly role: 'admin' | 'developer'
}
export type Who = 'service' | 'operator' | Person

/** The address that somebody of a team is a member by, and signs in with. */
export function emailOf({ team, role }: { readonly team: string; readonly role: string }): string {
  return `${role}.${team}@example.com`
}

export interface Sent {
  readonly as?: Who
  /** Instead of a token of `as`. */
  readonly token?: string
  readonly method?: string
  readonly path: string
  readonly body?: unknown
}

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: Record<string, unknown>
}

/** Sends one call over HTTP. Rejects when there is no answer, or none in a minute and a half. */
export async function send(target: Target, { as, token, method, path, body }: Sent): Promise<Answer> {
  const bearer = token ?? (as === undefined ? undefined : await target.tokenFor(as))
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    ...(target.host !== undefined && { host: target.host }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...(text !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    }),
  }
  const options = { method: method ?? (text === undefined ? 'GET' : 'POST'), headers, timeout: 90_000 }
  return new Promise((resolve, reject) => {
    const sent = request(`${target.url}${path}`, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const contentType = String(response.headers['content-type'] ?? '')
        const answered = Buffer.concat(chunks).toString()
        const isJson = answered !== '' && contentType.includes('json')
        resolve({ status: response.statusCode ?? 0, contentType, body: isJson ? JSON.parse(answered) : {} })
      })
    })
    sent.on('timeout', () => sent.destroy(new Error(`${path} was not answered in time`)))
    sent.on('error', reject)
    sent.end(text)
  })
}
