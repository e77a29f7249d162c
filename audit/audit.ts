import { parseArgs } from 'node:util'
import { type ArchiveAudited, auditArchive } from './archive.ts'
import { archiveLines } from './archive-lines.ts'
import { CannotStart } from './data-folder/cannot-start.ts'
import { auditProgress } from './progress.ts'
import { openAuditSource } from './source.ts'
import { type Audited, auditTable } from './table.ts'

const help = `Proves that every account is what its journal says: folds all entries and compares, field by field.

  npm run audit
  npm run audit -- --archive .data/archive           folds what was archived, and only what is newer from the table
  npm run audit -- --archive s3://bucket/entries     the same, from S3

  DATA_DIR     the folder to audit, in use or not (default .data)
  TABLE_NAME   audit this table instead, by the AWS SDK's usual settings (region, credentials, endpoint)

Prints a line for each difference, then a summary. Exit code: 0 when nothing differs, 1 when something does.`

/** Audits by the environment. Answers the exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { help: { type: 'boolean', short: 'h', default: false }, archive: { type: 'string' } },
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const source = await openAuditSource(process.env)
  try {
    let differences = 0
    for (const table of source.tables) {
      const progress = auditProgress()
      const report = { onDifference: progress.print, onProgress: progress.show }
      const audited =
        values.archive === undefined
          ? await auditTable(table, report)
          : await auditArchive(table, archiveLines(values.archive), report)
      progress.stop()
      differences += audited.differences
      console.log(`${source.name}: ${countsOf(audited)}`)
    }
    return differences === 0 ? 0 : 1
  } finally {
    await source.close()
  }
}

function countsOf(audited: Audited | ArchiveAudited): string {
  const parts = Object.entries(audited).map(
    ([name, count]: [string, number]) => `${count.toLocaleString('en-US')} ${name}`,
  )
  return parts.join(', ')
}

try {
  process.exitCode = await main()
} catch (cause) {
  console.error(cause instanceof CannotStart ? cause.message : cause)
  process.exitCode = 1
}
