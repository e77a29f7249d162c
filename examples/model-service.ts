import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createClient } from '@tollgate/client'
import { meterNode, type NodeRequest, settled } from '@tollgate/client/middleware'
import { translate } from './translations.ts'

/*
 * A service with the endpoints of Model Derivative, which lets every call be metered before it works.
 *
 *   TOLLGATE_URL         address of Tollgate (default http://127.0.0.1:8787)
 *   TOLLGATE_TOKEN_FILE  a file with a bearer token that has the scope aps:meter
 *   PORT                 where to listen (default 8080; 0: any free port)
 */

const { TOLLGATE_URL = 'http://127.0.0.1:8787', TOLLGATE_TOKEN_FILE = 'token', PORT = '8080' } = process.env

// Read at each request, so that a program that renews the token only has to write the file.
const token = () => readFileSync(TOLLGATE_TOKEN_FILE, 'utf8').trim()

const client = createClient({ baseUrl: TOLLGATE_URL, token })

/** The app that calls. A real service takes it from the `client_id` of a token whose signature it has verified. */
function appOf({ headers }: NodeRequest): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
}

const server = createServer(
  meterNode({ client, appOf }, (request, response) => {
    const { status, body } = translate(request.method ?? 'GET', request.url ?? '/', request.body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }),
)

server.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address()
  console.log(`Listening on http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`)
})

/** Lets the calls that have begun end, then reports all use and returns the rest. */
function stop(): void {
  server.close(async () => {
    await settled()
    await client.close()
    process.exit(0)
  })
  server.closeIdleConnections()
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
