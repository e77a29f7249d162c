import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** Keys in one page of a list. The number is small, so that a small archive has several pages. */
const keysPerPage = 2

export interface Bucket {
  /** Objects by their keys, as S3 stores them. */
  readonly objects: Map<string, Buffer>
  /** Keys of objects whose transfer is interrupted in the middle. */
  readonly broken: Set<string>
  stop(): Promise<void>
}

/**
 * A bucket called `archive` with the part of S3's protocol that reads and rewrites objects: a list by prefix
 * in pages, reading an object, and replacing one. Sets the SDK's environment for it.
 */
export async function startBucket(): Promise<Bucket> {
  const objects = new Map<string, Buffer>()
  const broken = new Set<string>()
  const server = createServer(async (incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://localhost')
    const key = decodeURIComponent(pathname).replace(/^\/archive\/?/, '')
    const object = objects.get(key)
    if (incoming.method === 'PUT') objects.set(key, await bodyOf(incoming))
    else if (searchParams.get('list-type') === '2') return outgoing.end(pageOf(objects, searchParams))
    else if (object === undefined) outgoing.statusCode = 404
    else if (broken.has(key)) return breakOff(outgoing, object)
    else return outgoing.end(object)
    outgoing.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${address.port}`,
  })
  return {
    objects,
    broken,
    stop: async () => {
      delete process.env.AWS_ENDPOINT_URL_S3
      server.closeAllConnections()
      server.close()
    },
  }
}

function breakOff(outgoing: ServerResponse, object: Buffer): void {
  outgoing.writeHead(200, { 'content-length': object.length })
  outgoing.write(object.subarray(0, object.length / 2), () => outgoing.destroy())
}

function pageOf(objects: ReadonlyMap<string, Buffer>, asked: URLSearchParams): string {
  const prefix = asked.get('prefix') ?? ''
  const after = asked.get('continuation-token') ?? ''
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted()
  const page = keys.slice(0, keysPerPage)
  const next =
    keys.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')
  const isMore = `<IsTruncated>${next !== ''}</IsTruncated>`
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>${isMore}${next}${contents}</ListBucketResult>`
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks)
}
