import { describe, expect, test } from 'vitest'
import { propertyRuns } from '../support/property-runs.ts'
import { expectedEvents } from './simulation/expected-events.ts'
import { plantedFaults } from './simulation/planted-faults.ts'
import { runSeeds, seedsFrom } from './simulation/run-seeds.ts'

const { numRuns } = propertyRuns(200)
/** Most faults are found by the first seeds. */
const seedsMax = 60

describe('in random worlds', () => {
  test('every call is backed and reported exactly once while clients, network, clocks and teams fail', async () => {
    const { failures, counts } = await runSeeds(seedsFrom(1, numRuns))
    expect(failures).toEqual([])
    if (numRuns >= 200) expect(Object.keys(counts)).toEqual(expect.arrayContaining([...expectedEvents]))
  })

  test.each(Object.entries(plantedFaults))('a client that %s is found', async (_, client) => {
    const { failures } = await runSeeds(seedsFrom(1, seedsMax), { client, failuresMax: 1 })
    expect(failures).not.toEqual([])
  })
})
