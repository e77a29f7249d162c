import { scan } from '../audit/reading.ts'
import { DirectoryStore } from '../lambdas/store/directory.ts'
import { listingOf, listingText, type StoredRow } from '../lambdas/store/directory-row.ts'
import { changing, placesPerStep } from '../lambdas/store/directory-writes.ts'
import { keyText, listingKey, listingPrefix, parseListingKey } from '../lambdas/store/keys.ts'
import { batchGet, isWritten, type Table } from '../lambdas/store/table.ts'
import { count, dryRun, type Operating } from './operating.ts'
import { chosenTeams, type TeamChoice } from './teams.ts'

interface Choice extends TeamChoice {
  readonly apply?: boolean
}

/**
 * Makes the rows and lists of the directory what the teams are now, also those of teams that were there before it. Returns the
 * number of differences. Teams may change meanwhile: a row that does is left to the consumer of the stream.
 */
export async function rebuildDirectory({ table, print }: Operating, choice: Choice): Promise<number> {
  const directory = new DirectoryStore(table)
  let differences = 0
  const tell = (line: string) => {
    differences += 1
    print(line)
  }
  for await (const { teamId } of chosenTeams(table, choice)) {
    const row = await directory.stored(teamId)
    const lost = row === undefined ? [] : await missingPlaces(table, row)
    for (const text of lost) tell(`${teamId}: its place in ${text} is missing`)
    if (choice.apply === true && row !== undefined) await correct(table, row, { entered: lost, left: [] })
    if (choice.apply === true ? await directory.refresh(teamId) : await directory.isBehind(teamId))
      tell(`${teamId}: its row is not what the team is`)
  }
  if (choice.all === true)
    for await (const { teamId, text, row } of needlessPlaces(table, directory)) {
      tell(`${teamId}: it is in ${text} without a reason`)
      if (choice.apply !== true) continue
      if (row === undefined) await remove(table, teamId, text)
      else await correct(table, row, { entered: [], left: [text] })
    }
  print(`${count(differences, 'difference')}${choice.apply === true ? ', now corrected' : ''}.`)
  if (choice.apply !== true) print(dryRun)
  return differences
}

interface Places {
  readonly entered: readonly string[]
  readonly left: readonly string[]
}

/** The places that a row names and that no list has. */
async function missingPlaces(table: Table, { teamId, listings }: StoredRow): Promise<readonly string[]> {
  const keys = listings.map((text) => listingKey(listingOf(text), teamId))
  const found = new Set(
    (await batchGet(table, keys)).map(({ pk, sk }) => keyText({ pk: String(pk), sk: String(sk) })),
  )
  return listings.filter((text) => !found.has(keyText(listingKey(listingOf(text), teamId))))
}

/** Writes places without changing the row, unless it has changed since it was read. */
async function correct(table: Table, row: StoredRow, { entered, left }: Places): Promise<void> {
  const places = [...entered, ...left]
  let stored = row
  for (let start = 0; start < places.length; start += placesPerStep) {
    const some = new Set(places.slice(start, start + placesPerStep))
    const { revision: _, ...same } = stored
    const change = {
      entered: entered.filter((text) => some.has(text)),
      left: left.filter((text) => some.has(text)),
      row: same,
    }
    const TransactItems = [...changing(table, { teamId: row.teamId, stored, change })]
    if (!(await isWritten(table.send('TransactWriteItems', { TransactItems })))) return
    stored = { ...stored, revision: stored.revision + 1 }
  }
}

/** The places in lists that no row names. */
async function* needlessPlaces(table: Table, directory: DirectoryStore) {
  const items = scan(table, {
    FilterExpression: 'begins_with(pk, :listing)',
    ExpressionAttributeValues: { ':listing': listingPrefix },
  })
  for await (const { pk, sk } of items) {
    const { teamId, ...place } = parseListingKey({ pk: String(pk), sk: String(sk) })
    const text = listingText(place)
    const row = await directory.stored(teamId)
    if (row?.listings.includes(text) !== true) yield { teamId, text, row }
  }
}

async function remove(table: Table, teamId: string, text: string): Promise<void> {
  const Key = listingKey(listingOf(text), teamId)
  await table.send('DeleteItem', { TableName: table.tableName, Key })
}
