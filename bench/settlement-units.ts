import { counted, type Figure, show } from './figure.ts'
import type { RequestMeter } from './request-meter.ts'
import type { Service } from './service.ts'
import { appOf, makeUsualTeam } from './teams.ts'

const team = 'settled'
const meterName = 'automation-autocad'
const rows = 99
const renewalUnitsMax = 8
const rowUnitsMax = 3.05

/** Counts the requests and units of settlements: of one renewed authorization, and of as many rows as fit into a transaction. */
export async function countSettlements(service: Service, meter: RequestMeter): Promise<readonly Figure[]> {
  await makeUsualTeam(service, team)
  const ask = (authorizationId: string) => ({ authorizationId, quantity: 1, holdSeconds: 60 })
  const settle = (sent: readonly object[]) => service.call('settleUsage', {}, { rows: sent })
  const authorization = (id: string) => ({
    kind: 'authorization',
    appId: appOf(team),
    meter: meterName,
    ...ask(id),
  })
  const capture = (id: string) => ({ kind: 'capture', authorizationId: id, used: 1, final: true })
  await settle([authorization('lease-0')])
  const renew = { ...capture('lease-0'), renew: ask('lease-1') }
  const renewal = await meter.during(() => settle([renew]))
  const ids = Array.from({ length: rows }, (_, index) => `row-${index}`)
  const asked = await meter.during(() => settle(ids.map(authorization)))
  const captured = await meter.during(() => settle(ids.map(capture)))
  return [
    counted('write units of a capture that renews its authorization', renewal.writeUnits, renewalUnitsMax),
    { what: '… requests to the table, warm', value: show(renewal.requests) },
    counted(
      `write units of an authorization, ${rows} of a team in a settlement`,
      asked.writeUnits / rows,
      rowUnitsMax,
    ),
    counted(
      `write units of a capture, ${rows} of a team in a settlement`,
      captured.writeUnits / rows,
      rowUnitsMax,
    ),
  ]
}
