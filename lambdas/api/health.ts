import { openDeadLetterTools } from '../dead-letters/tools.ts'
import { dispatch } from '../http/dispatch.ts'
import { systemClock } from '../runtime/clock.ts'
import { readDeadLetters, readEnv, readRunbookUrl } from '../runtime/env.ts'
import { JournalStore } from '../store/journal.ts'
import { openTable } from '../store/sdk-table.ts'
import { getHealth } from './get-health.ts'
import { listDeadLetters } from './list-dead-letters.ts'
import { listLags } from './list-lags.ts'
import { redriveDeadLetters } from './redrive-dead-letters.ts'

const table = openTable(readEnv().tableName)
const deadLetters = openDeadLetterTools(table, readDeadLetters())
const deps = {
  table,
  deadLetters,
  journal: new JournalStore(table),
  clock: systemClock,
  runbookUrl: readRunbookUrl(),
}

export const handler = dispatch<'health'>({
  getHealth: getHealth(deps),
  listLags: listLags(deps),
  listDeadLetters: listDeadLetters(deps),
  redriveDeadLetters: redriveDeadLetters(deps),
})
