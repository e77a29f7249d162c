import { auditArchive } from '../audit/archive.ts'
import { archiveLines } from '../audit/archive-lines.ts'
import { ArchiveCursors } from '../lambdas/store/archive-cursors.ts'
import { openArchive, usageCursorKey } from '../lambdas/store/keys.ts'
import type { Table } from '../lambdas/store/table.ts'
import { count, dryRun, type Operating } from './operating.ts'
import { chosenTeams, type TeamChoice } from './teams.ts'

/** Folds the archive and compares it with the accounts. Returns the number of differences. */
export async function verifyArchive({ table, print }: Operating, where: string): Promise<number> {
  const audited = await auditArchive(table, archiveLines(where), { onDifference: print })
  for (const [name, number] of Object.entries(audited)) print(`${name}: ${number}`)
  return audited.differences
}

/**
 * Marks teams whose journal is not fully archived, so that the next run archives the rest. Returns their
 * number.
 */
export async function markForArchive(
  { table, print }: Operating,
  choice: TeamChoice & { readonly apply?: boolean },
): Promise<number> {
  const cursors = new ArchiveCursors(table)
  let marked = 0
  for await (const { teamId, version } of chosenTeams(table, choice)) {
    const archived = (await cursors.load([teamId])).get(teamId) ?? 0
    if (archived >= version) continue
    marked += 1
    print(`${teamId}: archived up to ${archived} of ${version}`)
    if (choice.apply === true) await mark(table, teamId)
  }
  print(`${count(marked, 'team')} not archived to the end${choice.apply === true ? ', marked' : ''}.`)
  if (choice.apply !== true) print(dryRun)
  return marked
}

async function mark(table: Table, teamId: string): Promise<void> {
  const { openShard, openKey } = openArchive(teamId)
  await table.send('UpdateItem', {
    TableName: table.tableName,
    Key: usageCursorKey(teamId),
    UpdateExpression: 'SET openShard = :openShard, openKey = :openKey',
    // Without a cursor, the view is also behind. It marks the team when it catches up.
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':openShard': openShard, ':openKey': openKey },
  })
}
