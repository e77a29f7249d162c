import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { pagePath } from '../../contract/page-paths.ts'
import { securityHeaders } from '../../contract/security-headers.ts'
import { type Incoming, json, type Outgoing } from '../gateway/message.ts'
import { authorizePath, clientId, issuerFor, operatorScopes, scopes } from '../gateway/oidc.ts'
import { payPath } from '../gateway/pay-page.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

interface PageFile {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** Returns the response to a request for the page; undefined when there is no such file and no such page. */
export type PageAnswer = (incoming: Incoming) => Outgoing | undefined

/** Serves a folder with the built page, with CloudFront's headers and the settings for this machine. */
export function servePage(folder: string): PageAnswer {
  const files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name))}`)
      // Metadata of the build.
      .filter((path) => !path.startsWith('/.')),
  )
  const read = new Map<string, PageFile>()
  const fileAt = (path: string) => {
    const file = read.get(path) ?? readPageFile(folder, path)
    read.set(path, file)
    return file
  }
  return ({ method, target, headers }) => {
    const path = target.split('?', 1)[0] ?? '/'
    if (method !== 'GET' && method !== 'HEAD') return undefined
    if (path === '/config.json') return json(200, configFor(headers.host ?? ''))
    const isPage = pagePath.test(path) || path === authorizePath
    const name = isPage ? '/index.html' : path
    return files.has(name) ? answer(fileAt(name), headers) : undefined
  }
}

function readPageFile(folder: string, path: string): PageFile {
  const body = readFileSync(join(folder, path))
  // The name of such a file changes with its content. Browsers revalidate all other files each time.
  const isHashed = path.startsWith('/assets/')
  const headers = {
    'content-type': types[extname(path)] ?? 'application/octet-stream',
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  }
  return { body, headers }
}

function answer({ body, headers }: PageFile, asked: Incoming['headers']): Outgoing {
  const all = { ...securityHeaders({ issuer: issuerFor(asked.host ?? '') }), ...headers }
  const isKnown = asked['if-none-match'] === headers.etag
  return isKnown ? { status: 304, headers: all, body: '' } : { status: 200, headers: all, body }
}

/** The places that the announcement of the sample campaign names. */
const addresses = {
  docsUrl: 'https://aps.autodesk.com/developer/documentation',
  supportUrl: 'https://www.autodesk.com/support',
}

function configFor(host: string): object {
  const paymentPage = `http://${host}${payPath}`
  const client = { issuer: issuerFor(host), clientId, scopes, operatorScopes }
  return { ...client, api: '', timeMachine: true, paymentPage, ...addresses }
}
