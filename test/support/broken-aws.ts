import { createServer } from 'node:http'
import { marshall } from '@aws-sdk/util-dynamodb'

/**
 * Faults of the AWS stand-in: it is gone, it refuses with all its internal details, or it returns an unknown
 * shape.
 */
export type Break = 'gone' | 'refusing' | 'nonsense'

/** This name is in every AWS message that the functions receive, and they must show it to nobody. */
export const inward = 'INWARD-7d1f'

const refusal = {
  __type: 'com.amazonaws.dynamodb.v20120810#ValidationException',
  message: `${inward}: User arn:aws:sts::123456789012:assumed-role/Hub may not query table/Tollgate-${inward}`,
}

const item = marshall({
  pk: inward,
  sk: 'ACCOUNT',
  version: inward,
  name: inward,
  webhooks: inward,
  value: inward,
})
const nonsense = {
  Item: item,
  Items: [item],
  Responses: { table: [item] },
  SecretString: inward,
}

export interface BrokenAws {
  readonly url: string
  break(how: Break): void
  stop(): void
}

/** A port that every function calls instead of AWS. */
export async function startBrokenAws(): Promise<BrokenAws> {
  let how: Break = 'gone'
  const server = createServer((request, response) => {
    request.resume()
    if (how === 'gone') return void request.socket.destroy()
    response.writeHead(how === 'refusing' ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(how === 'refusing' ? refusal : nonsense))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return {
    url: `http://127.0.0.1:${address.port}`,
    break: (next) => {
      how = next
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
