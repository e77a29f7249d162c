import type { Environment, Received, Sent } from '../environment.ts'

export interface Access {
  /** The API's root, such as `https://tollgate.example.com`. */
  readonly baseUrl: string
  /** A bearer token with the scope `aps:meter`, or a function that returns one; it is called for each request. */
  readonly token: string | (() => string | Promise<string>)
}

/** The real clocks, chance, timers and network. */
export function openEnvironment({ baseUrl, token }: Access): Environment {
  const root = baseUrl.replace(/\/+$/, '')
  return {
    elapsed: () => performance.now(),
    wallClock: () => Date.now(),
    random: () => Math.random(),
    newId: () => crypto.randomUUID(),
    after(ms, action, isAwaited) {
      const timer = setTimeout(action, ms)
      if (!isAwaited) timer.unref()
      return () => clearTimeout(timer)
    },
    send: async (sent) => send(root, typeof token === 'string' ? token : await token(), sent),
  }
}

async function send(root: string, token: string, sent: Sent): Promise<Received> {
  const { method, path, body, contentType = 'application/json', timeoutMs } = sent
  const response = await fetch(`${root}${path}`, {
    method,
    body,
    headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
    signal: AbortSignal.timeout(timeoutMs),
  })
  return {
    status: response.status,
    date: response.headers.get('date'),
    retryAfter: response.headers.get('retry-after'),
    body: await response.text(),
  }
}
