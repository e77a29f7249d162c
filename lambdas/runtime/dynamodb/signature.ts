import { createHash, createHmac } from 'node:crypto'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface Unsigned {
  readonly url: URL
  /** Names the service's version and the call: `DynamoDB_20120810.GetItem`. */
  readonly target: string
  readonly body: string
  readonly region: string
  readonly credentials: Credentials
  /** Epoch milliseconds. AWS refuses a signature whose time is five minutes off. */
  readonly at: number
}

const algorithm = 'AWS4-HMAC-SHA256'
const service = 'dynamodb'

/** The headers of a POST to DynamoDB, signed by AWS Signature Version 4. The body's length is not signed. */
export function signedHeaders({
  url,
  target,
  body,
  region,
  credentials,
  at,
}: Unsigned): Record<string, string> {
  const time = new Date(at).toISOString().replace(/[:-]|\.\d{3}/g, '')
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  // In the order of their names, as the signature wants them.
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    host: url.host,
    'x-amz-date': time,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
    'x-amz-target': target,
  }
  const names = Object.keys(headers).join(';')
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
  const path = encodeURIComponent(url.pathname).replaceAll('%2F', '/')
  const canonical = ['POST', path, '', lines.join(''), names, sha256(body)].join('\n')
  const key = signingKey(secretAccessKey, scope)
  const signature = hmac(key, [algorithm, time, scope, sha256(canonical)].join('\n')).toString('hex')
  const authorization = `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`
  return { ...headers, authorization }
}

function signingKey(secretAccessKey: string, scope: string): Buffer {
  return scope.split('/').reduce(hmac, Buffer.from(`AWS4${secretAccessKey}`))
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
