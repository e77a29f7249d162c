import { functions } from '../../lib/functions.ts'
import { likely } from '../cost/assumptions.ts'
import priceTable from '../prices.json' with { type: 'json' }
import type { Counted } from './measure-rates.ts'

const { writeUnits, readUnits, httpRequests, invocations, gigabyteSeconds } = priceTable.prices
const megabytesPerGigabyte = 1_024

/**
 * Modelled USD of a million calls: write units, read units and, for each HTTP request to Tollgate, API Gateway and one run of
 * a function. Storage, logs and the time of functions in the background are left out, as is the machine of the service.
 */
export function usdPerMillion(counted: Counted): number {
  const { memoryMegabytes } = functions['authorize-usage']
  const gigabyteSecondsEach = (likely.writingMs / 1_000) * (memoryMegabytes / megabytesPerGigabyte)
  const usdPerRequest =
    httpRequests.usd / httpRequests.per +
    invocations.usd / invocations.per +
    (gigabyteSecondsEach * gigabyteSeconds.usd) / gigabyteSeconds.per
  const usdPerThousand =
    (counted.writeUnits * writeUnits.usd) / writeUnits.per +
    (counted.readUnits * readUnits.usd) / readUnits.per +
    counted.httpRequests * usdPerRequest
  return usdPerThousand * 1_000
}
