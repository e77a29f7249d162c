import { Command } from 'commander'
import { type ArchiveAudited, auditArchive } from './archive.ts'
import { archiveLines } from './archive-lines.ts'
import { CannotStart } from './data-folder/cannot-start.ts'
import { auditProgress } from './progress.ts'
import { openAuditSource } from './source.ts'
import { type Audited, auditTable } from './table.ts'

interface Options {
  readonly archive?: string
}

/** Audits the tables that the environment names. Returns the exit code. */
async function audit({ archive }: Options): Promise<number> {
  const source = await openAuditSource(process.env)
  try {
    let differences = 0
    for (const table of source.tables) {
      const progress = auditProgress()
      const report = { onDifference: progress.print, onProgress: progress.show }
      const audited =
        archive === undefined
          ? await auditTable(table, report)
          : await auditArchive(table, archiveLines(archive), report)
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

const notes = `
  npm run audit -- --archive .data/archive           folds what was archived, and only what is newer from the table
  npm run audit -- --archive s3://bucket/entries     the same, from S3

  DATA_DIR     the folder to audit, in use or not (default .data)
  TABLE_NAME   audit this table instead, by the AWS SDK's usual settings (region, credentials, endpoint)

Prints a line for each difference, then a summary. Exit code: 0 when nothing differs, 1 when something does.`

await new Command('npm run audit --')
  .description(
    'Proves that every account is what its journal says: folds all entries and compares, field by field.',
  )
  .option('--archive <where>', 'fold this archive: a folder or s3://bucket/entries')
  .addHelpText('after', notes)
  .action(async (options: Options) => {
    try {
      process.exitCode = await audit(options)
    } catch (cause) {
      console.error(cause instanceof CannotStart ? cause.message : cause)
      process.exitCode = 1
    }
  })
  .parseAsync()
