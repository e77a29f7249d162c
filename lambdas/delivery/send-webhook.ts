import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { outcomes } from '../../core/texts/delivery-texts.ts'
import { secondMs } from '../../core/time/time.ts'
import { isLoopback, isPublicAddress, isWebhookUrl } from './addresses.ts'

const timeoutMs = 5_000

export interface WebhookRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The beginning of an answer's body, where the caller asked for it. */
export interface AnswerBody {
  readonly text: string
  /** True where there was more. */
  readonly isCut: boolean
}

/** The status of the answer, or the reason why there was none. */
export type WebhookAnswer =
  | { readonly status: number; readonly body?: AnswerBody }
  | { readonly fault: string }

/** `bytesMax`: bytes of the answer's body to read. Default: none. */
export type SendWebhook = (request: WebhookRequest, bytesMax?: number) => Promise<WebhookAnswer>

/**
 * Posts to webhooks: five seconds at most, no redirects, and never to an inner address, whatever a name resolves to at that
 * moment. Locally it may also post to this machine. Never rejects.
 */
export function webhookSender(isLocal: boolean): SendWebhook {
  return async (request, bytesMax = 0) => {
    if (!isWebhookUrl(request.url, isLocal)) return { fault: outcomes.notAllowed() }
    try {
      return await post(request, isLocal, bytesMax)
    } catch (error) {
      return { fault: faultOf(error) }
    }
  }
}

function post({ url: text, headers, body }: WebhookRequest, isLocal: boolean, bytesMax: number) {
  const url = new URL(text)
  return new Promise<WebhookAnswer>((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: guardedLookup(isLocal),
      signal: AbortSignal.timeout(timeoutMs),
      agent: false as const,
    }
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (response) => {
      const { statusCode: status = 0 } = response
      // Only the status counts; a long answer is not read.
      if (bytesMax > 0) return readStart(response, bytesMax).then((start) => resolve({ status, body: start }))
      resolve({ status })
      return response.destroy()
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Reads the beginning of a body. Of one that is interrupted, or takes too long, the part that arrived. */
async function readStart(response: http.IncomingMessage, bytesMax: number): Promise<AnswerBody> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response) {
      chunks.push(chunk)
      size += chunk.length
      if (size > bytesMax) break
    }
  } catch {
    return toBody(chunks, bytesMax, true)
  }
  return toBody(chunks, bytesMax, size > bytesMax)
}

function toBody(chunks: readonly Buffer[], bytesMax: number, isCut: boolean): AnswerBody {
  // Without `stream`, a character that the bound cuts in two would become an unreadable one.
  const text = new TextDecoder().decode(Buffer.concat(chunks).subarray(0, bytesMax), { stream: isCut })
  return { text, isCut }
}

class InnerAddress extends Error {
  override readonly name = 'InnerAddress'
}

function isAllowed(address: string, isLocal: boolean): boolean {
  return isPublicAddress(address) || (isLocal && isLoopback(address))
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** Resolves a name, and passes its addresses on only if none is inner. The connection uses exactly these addresses. */
function guardedLookup(isLocal: boolean) {
  return (hostname: string, options: LookupOptions, found: Found): void => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error !== null || first === undefined) return found(error ?? new Error('no address'), [])
      if (!addresses.every(({ address }) => isAllowed(address, isLocal))) return found(new InnerAddress(), [])
      if (options.all === true) found(null, addresses)
      else found(null, first.address, first.family)
    })
  }
}

/** Names the failure for the team to read, without any internal detail. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return outcomes.noAnswer()
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return outcomes.tooSlow(timeoutMs / secondMs)
  if (error.name === 'InnerAddress') return outcomes.notAllowed()
  const { code } = error as NodeJS.ErrnoException
  return code === undefined ? outcomes.noAnswer() : outcomes.connectionFailed(code)
}
