import type { Writable } from 'node:stream'
import { engineIdentity } from '../../audit/data-folder/engine-call.ts'
import type { Closer } from '../services/closer.ts'
import type { Wiring } from '../wiring.ts'
import { FunctionHost } from './function-host.ts'
import { issuerFor } from './oidc.ts'

export interface FunctionParts {
  readonly endpoint: string
  /** Address that replaces the other AWS services. */
  readonly servicesUrl: string
  /** URL of the developer hub page, which a deployment knows by its domain. */
  readonly pageUrl: string
  readonly clockCell: SharedArrayBuffer
  readonly log: Writable
  readonly closer: Closer
  /** Key id of all functions. Default: a different one for each function, as on AWS. */
  readonly accessKeyId?: string
}

/**
 * Makes a way to call every function of the template by its logical id. The closer stops the started
 * functions.
 */
export function openFunctions(wiring: Wiring, { closer, clockCell, log, ...parts }: FunctionParts) {
  const hosts = new Map(
    wiring.functions.map(({ id, bundle, environment, timeoutMilliseconds }) => {
      const full = { ...environmentOf(id, parts), ...urlsOf(parts), ...environment }
      const settings = { name: id, bundle, environment: full, timeoutMilliseconds, clockCell, log }
      return [id, new FunctionHost(settings)] as const
    }),
  )
  closer.add(async () => {
    await Promise.all([...hosts.values()].map((host) => host.stop()))
  })
  return async (functionId: string, event: unknown): Promise<unknown> => {
    const host = hosts.get(functionId)
    if (host === undefined) throw new Error(`There is no function ${functionId}`)
    return host.invoke(event)
  }
}

/** URLs that depend on the port. A deployment knows them by its domain and its issuer. */
function urlsOf({ pageUrl }: Pick<FunctionParts, 'pageUrl'>) {
  return { PAGE_URL: pageUrl, ISSUER_URL: issuerFor(new URL(pageUrl).host) }
}

/** Environment variables that the Lambda service would set for a function. */
export function environmentOf(
  name: string,
  {
    endpoint,
    servicesUrl,
    accessKeyId = name,
  }: Pick<FunctionParts, 'endpoint' | 'servicesUrl' | 'accessKeyId'>,
) {
  return {
    TZ: 'UTC',
    AWS_REGION: engineIdentity.region,
    // Without a common key id, each function has a different one, as on AWS, so a request shows its function.
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: servicesUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: servicesUrl,
    AWS_ENDPOINT_URL_FIREHOSE: servicesUrl,
    AWS_ENDPOINT_URL_SESV2: servicesUrl,
    AWS_ENDPOINT_URL_SFN: servicesUrl,
    AWS_ENDPOINT_URL_SQS: servicesUrl,
    AWS_ENDPOINT_URL_LAMBDA: servicesUrl,
  } as const
}
