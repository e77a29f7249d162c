import { withoutPersonalData } from '../core/journal/erasure.ts'
import { openOperations } from '../lambdas/store/all-rules.ts'
import { fromLine, toLine } from '../lambdas/store/entry-line.ts'
import { changeArchive } from './change-archive.ts'
import { Erasure, type PersonalData } from './erasure.ts'
import { count, dryRun, type Operating } from './operating.ts'
import { oneTeam } from './teams.ts'

export interface EraseTeam {
  readonly team: string
  readonly apply?: boolean
}

/** Erases a team's personal data from the table. Returns the counts of erased data. */
export async function eraseTeam(
  { table, now, print }: Operating,
  { team, apply }: EraseTeam,
): Promise<PersonalData> {
  await oneTeam(table, team)
  const clock = { now }
  const operations = openOperations(table, clock)
  const erasure = new Erasure({ table, operations })
  const found = await erasure.find(team)
  for (const [what, number] of Object.entries(found)) print(`${team}: ${number} ${what}`)
  if (apply === true) await erasure.run(team)
  print(apply === true ? 'Erased.' : dryRun)
  print(`Then the archive: npm run ops -- archive erase ${team} <folder or s3://bucket/entries>`)
  return found
}

export interface EraseArchived {
  readonly team: string
  readonly where: string
  readonly apply?: boolean
}

/** Erases free text from a team's archived entries. Returns the number of objects that contain some. */
export async function eraseArchived(
  { print }: Operating,
  { team, where, apply = false }: EraseArchived,
): Promise<number> {
  let [objects, lines] = [0, 0]
  const change = (line: string): string => {
    const entry = fromLine(line)
    return entry.teamId === team ? toLine(withoutPersonalData(entry)) : line
  }
  for await (const { object, changed } of changeArchive(where, change, apply)) {
    print(`${object}: ${count(changed, 'line')}`)
    objects += 1
    lines += changed
  }
  print(`${count(lines, 'line')} in ${count(objects, 'object')}${apply ? ', erased' : ''}.`)
  if (!apply) print(dryRun)
  return objects
}
