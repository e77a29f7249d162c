import type { Clock } from '../../lambdas/runtime/clock.ts'
import { settingsKey } from '../../lambdas/store/keys.ts'
import { documentClient, openTable } from '../../lambdas/store/sdk-table.ts'
import { getItem, type Table } from '../../lambdas/store/table.ts'
import { BenchClock } from '../clock.ts'
import { Service } from '../service.ts'
import { startsAt } from '../teams.ts'
import { Environment } from './environment.ts'
import { putBefore } from './sdk.ts'
import { seededRandom } from './seeded.ts'
import { TableModel } from './table-model.ts'
import { VirtualTime } from './virtual-time.ts'

/** Creates an empty table of the engine, without a stream. */
export type NewTable = (name: string) => Promise<Table>

/** A table of the engine in virtual time. */
export interface Model {
  readonly time: VirtualTime
  readonly random: () => number
  readonly rules: TableModel
  readonly table: Table
  readonly clock: Clock
  /** A new environment, whose memory is empty. */
  newEnvironment(): Environment
}

/** The model's clock starts after everything that `prepare` has written. */
const settledMs = 60_000

/** Makes an empty table, fills it in real time, and puts the model before it. The same seed gives the same model. */
export async function newModel(
  newTable: NewTable,
  { name, seed }: { readonly name: string; readonly seed: number },
  prepare: (service: Service) => Promise<void>,
): Promise<Model> {
  const filled = await newTable(name)
  await prepare(new Service(filled, new BenchClock(startsAt)))
  const client = documentClient({ maxAttempts: 3 })
  const table = openTable(filled.tableName, client)
  // The SDK reads the machine's configuration before the first request, and not in virtual time.
  await getItem(table, settingsKey)
  const time = new VirtualTime()
  const random = seededRandom(seed)
  const rules = new TableModel(time, random)
  putBefore(client, rules)
  const clock = { now: () => Math.floor(Date.parse(startsAt) + settledMs + time.now()) }
  const model = { time, random, rules, table, clock }
  return { ...model, newEnvironment: () => new Environment(model) }
}
