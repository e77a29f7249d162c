import type { Entry } from '../../core/journal/entry.ts'
import { effectOfDay, isMeant, type StatementFilter } from '../../core/journal/statement.ts'
import { childrenWith, tagsAsked } from '../../core/journal/statement-tags.ts'
import type { Instant } from '../../core/time/time.ts'
import type { JournalStore } from './journal.ts'
import {
  blockOf,
  blockSize,
  blockStart,
  chapterBlocks,
  type StatementIndex,
  type StatementNode,
} from './statement-index.ts'

/** Read units after which an answer stops. The read that passes it takes about five: a hundred entries, or some digests. */
const unitsMax = 14
/** Blocks, and chapters, that are read at once. */
const blocksPerRead = 20
const chaptersPerRead = 10
/** Entries up to this far apart are read together, which takes fewer units than one by one; but no more than `runMax` at once. */
const gapMax = 10
const runMax = 100

export interface StatementAsk {
  readonly teamId: string
  /** Entries of versions below this one. */
  readonly before: number
  readonly limit: number
  readonly filter: StatementFilter
}

/** The entries found, and the version below which the search has not been yet; 1 at the end of the statement. */
export interface StatementFound {
  readonly entries: readonly Entry[]
  readonly before: number
  /** Everything that took effect later was searched. */
  readonly searchedTo?: Instant
}

/** Finds entries of a statement that a filter lets through, newest first, with a bounded number of read units. */
export class StatementSearch {
  private readonly journal: JournalStore
  private readonly index: StatementIndex

  constructor(journal: JournalStore, index: StatementIndex) {
    this.journal = journal
    this.index = index
  }

  async find(ask: StatementAsk): Promise<StatementFound> {
    const search = new Search(this.journal, this.index, ask)
    while (search.goesOn()) await search.step()
    const { entries, before, searchedTo } = search
    return { entries, before, ...(Number.isFinite(searchedTo) && { searchedTo }) }
  }
}

/** The nodes of one level that a search has read. Those from `from` on that are not in `known` do not exist. */
interface Nodes {
  readonly level: 0 | 1
  readonly known: Map<number, StatementNode>
  from: number
}

class Search {
  readonly entries: Entry[] = []
  before: number
  searchedTo = Number.POSITIVE_INFINITY
  private units = 0
  private readonly journal: JournalStore
  private readonly index: StatementIndex
  private readonly ask: StatementAsk
  private readonly groups: readonly (readonly string[])[]
  /** No entry that took effect earlier is meant. */
  private readonly from: Instant
  private readonly blocks: Nodes = { level: 0, known: new Map(), from: Number.POSITIVE_INFINITY }
  private readonly chapters: Nodes = { level: 1, known: new Map(), from: Number.POSITIVE_INFINITY }

  constructor(journal: JournalStore, index: StatementIndex, ask: StatementAsk) {
    this.journal = journal
    this.index = index
    this.ask = ask
    this.before = ask.before
    this.groups = tagsAsked(ask.filter)
    this.from = ask.filter.day === undefined ? Number.NEGATIVE_INFINITY : effectOfDay(ask.filter.day).from
  }

  goesOn(): boolean {
    return this.before > 1 && this.entries.length < this.ask.limit && this.units < unitsMax
  }

  /** Reads some entries that may be meant, or skips a part of the journal that has none. */
  async step(): Promise<void> {
    const block = blockOf(this.before - 1)
    const chapter = await this.chapterOf(block)
    if (chapter === undefined) return this.searchBlock(block, await this.blockAt(block))
    if (chapter.lastAt < this.from) return this.end()
    this.searchedTo = Math.min(this.searchedTo, chapter.lastAt)
    const first = chapter.index * chapterBlocks
    const next = highest(below(childrenWith(chapter.digest, this.groups), block - first + 1))
    if (next === undefined) this.before = blockStart(first)
    else if (first + next < block) this.before = blockStart(first + next + 1)
    else await this.searchBlock(block, await this.blockAt(block))
  }

  /** Reads the entries of a block that may be meant; all, where it is not written yet. */
  private async searchBlock(block: number, node: StatementNode | undefined): Promise<void> {
    if (node !== undefined) {
      if (node.lastAt < this.from) return this.end()
      this.searchedTo = Math.min(this.searchedTo, node.lastAt)
    }
    const start = blockStart(block)
    const all = (1n << BigInt(blockSize)) - 1n
    const asked = node === undefined ? all : childrenWith(node.digest, this.groups)
    let bits = below(asked, this.before - start)
    while (bits !== 0n && this.goesOn()) {
      const { from, to } = this.runOf(
        bits,
        node === undefined ? runMax : this.ask.limit - this.entries.length,
      )
      if (!(await this.readRun(start + from, start + to))) return
      bits = below(bits, from)
    }
    if (bits === 0n) this.before = Math.min(this.before, start)
  }

  /** The last children of a block that lie close together, and no more than `most`. */
  private runOf(bits: bigint, most: number): { readonly from: number; readonly to: number } {
    const to = highest(bits) ?? 0
    let from = to
    for (let count = 1; count < most; count++) {
      const next = highest(below(bits, from))
      if (next === undefined || from - next > gapMax || to - next >= runMax) break
      from = next
    }
    return { from, to }
  }

  /** Reads entries one after another. Returns false where the search is over. */
  private async readRun(from: number, to: number): Promise<boolean> {
    const { entries, units } = await this.journal.range(this.ask.teamId, from, to)
    this.units += units
    // Earlier entries are only in the archive.
    if (entries.length === 0) this.end()
    for (const entry of entries) {
      if (entry.at < this.from) this.end()
      if (this.before === 1 || this.entries.length >= this.ask.limit) return false
      this.before = entry.version
      this.searchedTo = entry.at
      if (isMeant(entry, this.ask.filter)) this.entries.push(entry)
    }
    return this.before > 1
  }

  private end(): void {
    this.before = 1
  }

  /** The chapter of a block; undefined for the newest blocks, which are in no chapter yet. */
  private chapterOf(block: number): Promise<StatementNode | undefined> {
    return this.nodeAt(this.chapters, Math.floor(block / chapterBlocks), chaptersPerRead)
  }

  private blockAt(block: number): Promise<StatementNode | undefined> {
    const isAlone = this.chapters.known.has(Math.floor(block / chapterBlocks))
    return this.nodeAt(this.blocks, block, isAlone ? 1 : blocksPerRead)
  }

  /** Reads a node together with some before it, unless it was read, or looked for, already. */
  private async nodeAt(nodes: Nodes, index: number, limit: number): Promise<StatementNode | undefined> {
    const { level, known } = nodes
    if (!known.has(index) && index < nodes.from) {
      nodes.from = Math.max(0, index - limit + 1)
      const range = { from: nodes.from, to: index, limit }
      const { nodes: found, units } = await this.index.nodes(this.ask.teamId, level, range)
      this.units += units
      for (const node of found) known.set(node.index, node)
    }
    return known.get(index)
  }
}

/** The bits below a position. */
function below(bits: bigint, position: number): bigint {
  return bits & ((1n << BigInt(Math.max(0, position))) - 1n)
}

/** The position of the highest bit; undefined for none. */
function highest(bits: bigint): number | undefined {
  return bits === 0n ? undefined : bits.toString(2).length - 1
}
