import { type JobPayload, ModelDerivativeApiError, ModelDerivativeClient } from '@aps_sdk/model-derivative'
import { urnOf } from './model-service.ts'

/** APS's own client for Model Derivative, pointed at a service, with a token that is the app's id. */
export function apsClient(url: string, appId: string): ModelDerivativeClient {
  const client = new ModelDerivativeClient({ authenticationProvider: { getAccessToken: async () => appId } })
  // The package exports no way to change the base address without its transitive package.
  const manager = Reflect.get(client.jobsApi, 'sdkManager')
  manager.apsConfiguration.baseAddress = new URL(url)
  manager.toggleLogging(false)
  return client
}

/** A job that translates a file. */
export function jobOf(name: string): JobPayload {
  return { input: { urn: urnOf(name) }, output: { formats: [] } }
}

export interface Failure {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
}

/** The answer to a call of APS's client that fails. Throws where the call succeeds. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof ModelDerivativeApiError)) throw error
    const { status, headers, data } = error.axiosError.response
    return { status, headers: { ...headers }, body: data }
  }
  throw new Error('the call succeeded')
}
