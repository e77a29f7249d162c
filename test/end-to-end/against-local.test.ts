import { startRuntime } from '../../local/runtime.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { describeDeployment } from './suite.ts'
import { send, type Target, type Who } from './target.ts'

const hourMs = 3_600_000

describeDeployment('on one machine', async () => {
  const runtime = await startRuntime({ dataDir: temporaryFolder(), port: 0, sample: false })
  const { url } = runtime
  const target: Target = {
    url,
    scheduleMs: hourMs,
    now: async () => Date.parse(String((await local('GET', '/local/clock')).now)),
    passUntil: async (at) => void (await local('PUT', '/local/clock', { now: new Date(at).toISOString() })),
    tokenFor: async (who) => String((await local('POST', '/local/tokens', claimsOf(who))).token),
    settlePaymentsOf: async (teamId) =>
      void (await local('PUT', `/local/payments/${teamId}`, { behaviour: 'twice' })),
    stop: () => runtime.stop(),
  }
  const local = async (method: string, path: string, body?: unknown) => {
    const answer = await send(target, { method, path, body })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  return target
})

function claimsOf(who: Who): object {
  if (who === 'service') return { scopes: ['aps:meter'] }
  if (who === 'operator') return { scopes: ['ops:admin'] }
  return { scopes: ['hub:read', 'hub:write'], ...who }
}
