import { prepareEnvironment } from '../../bench/environment.ts'
import { test as base } from '../support/fixtures.ts'

/** Tests of the client in virtual time, with the real handlers and store on the real engine. The figures depend on the seed alone. */
export const test = base.extend('model', { scope: 'file' }, async ({ engine }) => {
  // The handlers read the environment when they are loaded.
  prepareEnvironment()
  process.env.AWS_ENDPOINT_URL_DYNAMODB = engine.endpoint
  const { logger } = await import('../../lambdas/runtime/log.ts')
  logger.setLogLevel('SILENT')
  const { runLeases } = await import('../../bench/model/leases.ts')
  const { runRefused } = await import('../../bench/model/refused.ts')
  const { leaseUsdPerMillion } = await import('../../bench/cost/lease-bill.ts')
  const newTable = () => engine.newTable()
  return { newTable, runLeases, runRefused, leaseUsdPerMillion }
})
