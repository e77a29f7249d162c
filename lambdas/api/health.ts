import { dispatch } from '../http/dispatch.ts'
import { systemClock } from '../runtime/clock.ts'
import { readEnv } from '../runtime/env.ts'
import { JournalStore } from '../store/journal.ts'
import { openTable } from '../store/sdk-table.ts'
import { getHealth } from './get-health.ts'
import { listLags } from './list-lags.ts'

const table = openTable(readEnv().tableName)
const deps = { table, journal: new JournalStore(table), clock: systemClock }

export const handler = dispatch<'health'>({
  getHealth: getHealth(deps),
  listLags: listLags(deps),
})
