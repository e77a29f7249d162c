import { once } from 'node:events'
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { Who } from '../end-to-end/target.ts'

export interface TokenIssuer {
  /** What the deployment is told, and asks for the keys. */
  readonly url: string
  readonly audience: string
  tokenFor(who: Who): Promise<string>
  stop(): Promise<void>
}

/** An OpenID provider on loopback, with a key of its own: the kind of issuer that a deployment is given by its context. */
export async function startIssuer(): Promise<TokenIssuer> {
  const [audience, alg, kid] = ['tollgate', 'RS256', 'end-to-end']
  const { privateKey, publicKey } = await generateKeyPair(alg)
  const keys = [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }]
  const server = createServer((request, response) => {
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/jwks.json` },
      '/jwks.json': { keys },
    }
    const answer = answers[request.url ?? '']
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port')
  const url = `http://127.0.0.1:${address.port}`
  return {
    url,
    audience,
    tokenFor: (who) =>
      new SignJWT({ ...claimsOf(who) })
        .setProtectedHeader({ alg, kid })
        .setSubject('end-to-end')
        .setIssuer(url)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    stop: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function claimsOf(who: Who): object {
  if (who === 'service') return { scope: 'aps:meter' }
  if (who === 'operator') return { scope: 'ops:admin' }
  return { scope: 'hub:read hub:write', ...who }
}
