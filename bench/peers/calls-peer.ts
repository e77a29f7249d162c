import { Agent, request } from 'node:http'
import * as v from 'valibot'
import { jitteredPause } from '../../lambdas/runtime/pause.ts'
import type { Caller, Peer } from './peer.ts'
import { appOf, fillTeams, meter, readCaptured } from './tollgate-teams.ts'

const retriesMax = 20
const retryPauseMsMax = 100

/** Tollgate without its client: each call is an authorization and its final capture. Their id makes a repeat harmless. */
export const peer: Peer = {
  module: import.meta.url,
  letter: 'e',
  title: 'Tollgate, an authorization and a capture per call',
  isOurs: true,
  fill: fillTeams,
  open: async ({ place: { url, token }, quantity, callers }): Promise<Caller> => {
    const agent = new Agent({ keepAlive: true, maxSockets: callers })
    const post = (path: string, body: object) => send({ agent, url, token }, path, body)
    return {
      call: async (teamId, id) => {
        const ask = { authorizationId: id, appId: appOf(teamId), meter, quantity }
        const answer = await post('/v1/authorizations', ask)
        if (isClosed(answer)) return true
        if (answer.decision !== 'allow') return false
        await post(`/v1/authorizations/${id}/captures`, { used: quantity, final: true })
        return true
      },
      close: async () => agent.destroy(),
    }
  },
  usedOf: readCaptured,
}

const Closed = v.object({ refusal: v.object({ code: v.literal('AUTHORIZATION_CLOSED') }) })

/** True if an earlier try of the same call has reported its use already. */
const isClosed = (answer: unknown) => v.is(Closed, answer)

interface Connection {
  readonly agent: Agent
  readonly url: string
  readonly token: string
}

interface Received {
  readonly status: number
  readonly answer: Record<string, unknown>
}

/** The gateway had just closed the connection, or ended. */
const noAnswer: Received = { status: 503, answer: {} }

/** Repeats a request without an answer, or while the team is busy. Throws on any other problem. */
async function send(connection: Connection, path: string, body: object): Promise<Record<string, unknown>> {
  for (let tries = 1; ; tries++) {
    const { status, answer } = await post(connection, path, JSON.stringify(body)).catch(() => noAnswer)
    if (status < 300) return answer
    if (status !== 503 || tries === retriesMax)
      throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
    await jitteredPause(retryPauseMsMax)
  }
}

function post({ agent, url, token }: Connection, path: string, body: string) {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise<Received>((resolve, reject) => {
    const sent = request(`${url}${path}`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const answer = JSON.parse(Buffer.concat(chunks).toString() || '{}')
        resolve({ status: response.statusCode ?? 0, answer })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
