import { arnOf } from '../assembly.ts'
import { type ServiceCall, ServiceFault } from './services.ts'

/** Lambda's `Invoke` of each function by its ARN. The caller waits for the result. */
export function makeInvocations(
  functionIds: readonly string[],
  invoke: (functionId: string, event: unknown) => Promise<unknown>,
): Readonly<Record<string, ServiceCall>> {
  return Object.fromEntries(
    functionIds.map((id) => [
      `POST /2015-03-31/functions/${encodeURIComponent(arnOf(id))}/invocations`,
      async (event) => {
        // A function may return nothing.
        const result = await invoke(id, event).catch((cause) => {
          throw new ServiceFault('InvocationFailed', String(cause))
        })
        return Object(result ?? {})
      },
    ]),
  )
}
