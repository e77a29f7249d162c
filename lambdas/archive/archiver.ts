import type { ArchiveCursors } from '../store/archive-cursors.ts'
import { toLine } from '../store/entry-line.ts'
import { type JournalStore, withoutGap } from '../store/journal.ts'
import type { OpenWorkStore } from '../store/open-work.ts'
import type { ArchiveStream } from './archive-stream.ts'
import { packLines, recordBytesMax } from './pack.ts'

const teamsAtOnce = 20
const entriesPerTurn = 1_000
const roundsMax = 10_000

export interface ArchiverParts {
  readonly cursors: ArchiveCursors
  readonly openWork: Pick<OpenWorkStore, 'unarchived'>
  readonly journal: JournalStore
  readonly stream: ArchiveStream
  /** True to begin at the last team of each shard. Every other run does, so that a run without time left skips other teams. */
  readonly isBackward?: boolean
  /** True once a run must begin no further team. */
  readonly isLate: () => boolean
  /** Receives a team that could not be read; the others go on. */
  readonly onFailure: (teamId: string, error: unknown) => void
}

export interface Archived {
  readonly teams: number
  readonly entries: number
  readonly failures: number
  /** False when time ran out: the next run goes on, because the marks are still there. */
  readonly isDone: boolean
}

/** The entries of a team in one turn: those after version `from`, up to `to`. */
interface Part {
  readonly teamId: string
  readonly from: number
  readonly to: number
  readonly lines: readonly string[]
}

/**
 * Brings entries to the archive, those of many teams in one record. A team gives a bounded part of its entries in each round, and
 * a round takes the shards in turn: neither a busy team nor a busy shard delays the others. A team's cursor moves after its entries were accepted: a
 * crash in between archives them again, and team and version identify the copies.
 */
export class Archiver {
  private readonly parts: ArchiverParts
  private readonly failed = new Set<string>()

  constructor(parts: ArchiverParts) {
    this.parts = parts
  }

  /** Archives the journals of marked teams, round by round, until no mark is left or time runs out. */
  async run(): Promise<Archived> {
    const teams = new Set<string>()
    let entries = 0
    for (let rounds = 0; rounds < roundsMax; rounds++) {
      const archived = await this.round()
      for (const { teamId, lines } of archived) {
        teams.add(teamId)
        entries += lines.length
      }
      const isMore = archived.some(({ lines }) => lines.length === entriesPerTurn)
      if (this.parts.isLate() || !isMore) break
    }
    return { teams: teams.size, entries, failures: this.failed.size, isDone: !this.parts.isLate() }
  }

  private async round(): Promise<readonly Part[]> {
    const done: Part[] = []
    let open: Part[] = []
    let bytes = 0
    for await (const teamIds of grouped(this.parts.openWork.unarchived(this.parts.isBackward))) {
      if (this.parts.isLate()) break
      const read = await this.read(teamIds.filter((teamId) => !this.failed.has(teamId)))
      open.push(...read)
      bytes += read.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.length, 0)
      if (bytes < recordBytesMax) continue
      done.push(...(await this.archive(open)))
      open = []
      bytes = 0
    }
    return [...done, ...(await this.archive(open))]
  }

  private async read(teamIds: readonly string[]): Promise<readonly Part[]> {
    // One cursor that cannot be read must not hide the others. Then each team reads its own.
    const cursors = await this.parts.cursors.load(teamIds).catch(() => undefined)
    const parts = await Promise.all(
      teamIds.map(async (teamId): Promise<readonly Part[]> => {
        try {
          const known = cursors ?? (await this.parts.cursors.load([teamId]))
          return [await this.partOf(teamId, known.get(teamId) ?? 0)]
        } catch (error) {
          this.failed.add(teamId)
          this.parts.onFailure(teamId, error)
          return []
        }
      }),
    )
    return parts.flat()
  }

  private async partOf(teamId: string, from: number): Promise<Part> {
    const found = await this.parts.journal.since(teamId, from, entriesPerTurn)
    const entries = withoutGap(found, from)
    return { teamId, from, to: from + entries.length, lines: entries.map(toLine) }
  }

  private async archive(parts: readonly Part[]): Promise<readonly Part[]> {
    const { stream, cursors } = this.parts
    await stream.put(packLines(parts.flatMap(({ lines }) => lines)))
    for (let start = 0; start < parts.length; start += teamsAtOnce) {
      const some = parts.slice(start, start + teamsAtOnce)
      await Promise.all(
        some.map(async ({ teamId, from, to }) => {
          if (to === from || (await cursors.move(teamId, from, to))) await cursors.unmark(teamId, to)
        }),
      )
    }
    return parts
  }
}

async function* grouped(teamIds: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let group: string[] = []
  for await (const teamId of teamIds) {
    group.push(teamId)
    if (group.length < teamsAtOnce) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
