import { join } from 'node:path'
import { CannotStart } from '../audit/data-folder/cannot-start.ts'
import { readJson } from '../audit/data-folder/json-file.ts'
import { openAuditSource } from '../audit/source.ts'
import { CannotDo, type Operating } from './operating.ts'
import { makeProgram, type Run } from './program.ts'

/** Runs a command on the table that the environment names. */
const run: Run = async (command) => {
  const source = await openAuditSource(process.env)
  try {
    const [table] = source.tables
    if (table === undefined) throw new CannotDo(`There is no table in ${source.name}.`)
    const dataDir = process.env.TABLE_NAME ? undefined : process.env.DATA_DIR || '.data'
    const operating: Operating = { table, now: clockOf(dataDir), print: (line) => console.log(line) }
    await command(dataDir === undefined ? operating : { ...operating, dataDir })
  } finally {
    await source.close()
  }
}

/** The test clock of a data folder if it is set, otherwise real time. */
function clockOf(dataDir: string | undefined): () => number {
  const saved = dataDir === undefined ? undefined : readJson(join(dataDir, 'clock.json'))
  const now = saved !== null && typeof saved === 'object' && 'now' in saved ? Number(saved.now) : undefined
  return () => now ?? Date.now()
}

try {
  await makeProgram(run).parseAsync()
} catch (cause) {
  console.error(cause instanceof CannotStart || cause instanceof CannotDo ? cause.message : cause)
  process.exitCode = 1
}
