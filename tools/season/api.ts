import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import type { Instant } from '../../core/time/time.ts'

export type Caller = 'meter' | 'ops' | 'local' | `hub:${string}`

export interface Answered {
  readonly status: number
  readonly body: unknown
}

const triesMax = 8
const pauseMs = 100

const Token = v.object({ token: v.string() })

/** Client of Tollgate's HTTP API. Each caller has a separate token. */
export class SeasonApi {
  private readonly url: string
  private readonly tokens = new Map<Caller, Promise<string>>()

  constructor(url: string) {
    this.url = url
  }

  /**
   * Sends one call, and retries when the server asks for it. Throws for every answer above 299 that is not
   * `expected`.
   */
  async call(as: Caller, call: string, body?: unknown, expected: readonly number[] = []): Promise<Answered> {
    for (let tries = 1; ; tries++) {
      const response = await this.send(as, call, body)
      const text = await response.text()
      const { status } = response
      if (response.ok || expected.includes(status))
        return { status, body: text === '' ? undefined : JSON.parse(text) }
      if (status < 500 || tries === triesMax) throw new Error(`${call}: ${status} ${text}`)
      await sleep(tries * pauseMs)
    }
  }

  /** Moves the clock. Resolves when all due work has finished, including the work that it triggers. */
  async moveClock(at: Instant): Promise<void> {
    const body = { now: new Date(at).toISOString() }
    await this.call('local', 'PUT /local/clock', body)
    await this.call('local', 'PUT /local/clock', body)
  }

  private async send(as: Caller, call: string, body: unknown): Promise<Response> {
    const [method = '', path] = call.split(' ')
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (as !== 'local') headers.authorization = `Bearer ${await this.token(as)}`
    return fetch(`${this.url}${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    })
  }

  private token(as: Caller): Promise<string> {
    const token = this.tokens.get(as) ?? this.askForToken(as)
    this.tokens.set(as, token)
    return token
  }

  private async askForToken(as: Caller): Promise<string> {
    const { body } = await this.call('local', 'POST /local/tokens', claimsOf(as))
    return v.parse(Token, body).token
  }
}

function claimsOf(as: Caller): object {
  if (as === 'meter') return { scopes: ['aps:meter'] }
  if (as === 'ops') return { scopes: ['ops:admin'] }
  return { scopes: ['hub:read', 'hub:write'], team: as.slice('hub:'.length), role: 'admin' }
}

/** The part of the API that a player uses. */
export type Calls = Pick<SeasonApi, 'call'>
