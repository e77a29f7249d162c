import type { Credentials } from './signature.ts'

export interface Settings {
  readonly url: URL
  readonly region: string
  readonly credentials: Credentials
}

/**
 * Region, endpoint and credentials of the environment, under the names that the SDK reads. Throws an error that names
 * the variable that is missing.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const region = required(env, 'AWS_REGION')
  return {
    region,
    url: new URL(env.AWS_ENDPOINT_URL_DYNAMODB || env.AWS_ENDPOINT_URL || endpointOf(region)),
    credentials: {
      accessKeyId: required(env, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: required(env, 'AWS_SECRET_ACCESS_KEY'),
      sessionToken: env.AWS_SESSION_TOKEN,
    },
  }
}

function endpointOf(region: string): string {
  return `https://dynamodb.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}
