import type { Entry } from '../../core/journal/entry.ts'
import { type Digest, digestOf, tagsOf } from '../../core/journal/statement-tags.ts'
import type { Instant } from '../../core/time/time.ts'
import { Busy } from '../runtime/busy.ts'
import { readable } from './item-version.ts'
import type { JournalStore } from './journal.ts'
import { parseStatementKey, statementKey } from './keys.ts'
import { getItem, type Item, type Table } from './table.ts'

/** Entries of a block, and blocks of a chapter. */
export const blockSize = 200
export const chapterBlocks = 50

/** A block of the journal, or a chapter of blocks: which of its children have which tags, and when its last entry took effect. */
export interface StatementNode {
  readonly index: number
  readonly digest: Digest
  readonly lastAt: Instant
}

type Level = 0 | 1

/** The block of a version, and the first version of a block. The first version of a journal is 1. */
export const blockOf = (version: number): number => Math.floor((version - 1) / blockSize)
export const blockStart = (block: number): number => block * blockSize + 1

/**
 * Digests of a team's statement, block by block: which entries have which app, meter, kind and so on. Entries never change
 * these, so a block is written once, when it is full; a filter then reads only entries that it may let through.
 */
export class StatementIndex {
  private readonly table: Table
  private readonly journal: JournalStore

  constructor(table: Table, journal: JournalStore) {
    this.table = table
    this.journal = journal
  }

  /** Writes the blocks and chapters that entries up to `to` have filled since `after`. A repeat changes nothing. */
  async complete(teamId: string, after: number, to: number): Promise<void> {
    for (let block = blockOf(after + 1); blockStart(block + 1) <= to + 1; block++) {
      await this.writeBlock(teamId, block)
      if ((block + 1) % chapterBlocks === 0)
        await this.writeChapter(teamId, Math.floor(block / chapterBlocks))
    }
  }

  /** Up to `limit` nodes of a level, from `to` down to `from`, newest first, with the read units that they took. */
  async nodes(
    teamId: string,
    level: Level,
    { from, to, limit }: { readonly from: number; readonly to: number; readonly limit: number },
  ): Promise<{ readonly nodes: readonly StatementNode[]; readonly units: number }> {
    const { pk, sk } = statementKey(teamId, level, from)
    // Nodes never change, so an eventually consistent read is as good, and half as dear.
    const { Items = [], ConsumedCapacity } = await this.table.send('Query', {
      TableName: this.table.tableName,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': pk, ':from': sk, ':to': statementKey(teamId, level, to).sk },
      ScanIndexForward: false,
      Limit: limit,
      ReturnConsumedCapacity: 'TOTAL',
    })
    return { nodes: Items.map(fromItem), units: ConsumedCapacity?.CapacityUnits ?? 0 }
  }

  private async writeBlock(teamId: string, block: number): Promise<void> {
    if ((await getItem(this.table, statementKey(teamId, 0, block))) !== undefined) return
    const first = blockStart(block)
    const { entries } = await this.journal.range(teamId, first, first + blockSize - 1)
    const oldest = entries.at(-1)?.version
    // The first entries of a journal that is retired are only in the archive.
    if (oldest === undefined || oldest > first) return
    if (entries.length < blockSize) throw new Busy()
    const inOrder: readonly Entry[] = entries.toReversed()
    await this.write(teamId, 0, block, inOrder.map(tagsOf), entries[0]?.at ?? 0)
  }

  private async writeChapter(teamId: string, chapter: number): Promise<void> {
    const first = chapter * chapterBlocks
    const keys = Array.from({ length: chapterBlocks }, (_, index) => statementKey(teamId, 0, first + index))
    const items = await Promise.all(keys.map((key) => getItem(this.table, key)))
    const blocks = items.flatMap((item) => (item === undefined ? [] : [fromItem(item)]))
    if (blocks.length < chapterBlocks) return
    const tags = blocks.map(({ digest }) => [...digest.keys()])
    await this.write(teamId, 1, chapter, tags, blocks.at(-1)?.lastAt ?? 0)
  }

  private async write(
    teamId: string,
    level: Level,
    index: number,
    children: readonly (readonly string[])[],
    lastAt: Instant,
  ): Promise<void> {
    const tags = Object.fromEntries([...digestOf(children)].map(([tag, bits]) => [tag, bits.toString(16)]))
    await this.table.send('UpdateItem', {
      TableName: this.table.tableName,
      Key: statementKey(teamId, level, index),
      UpdateExpression: 'SET tags = :tags, lastAt = :lastAt',
      ExpressionAttributeValues: { ':tags': tags, ':lastAt': lastAt },
    })
  }
}

function fromItem(item: Item): StatementNode {
  const { sk, tags, lastAt } = readable('statement digest', item)
  const digest = new Map(Object.entries(tags ?? {}).map(([tag, bits]) => [tag, BigInt(`0x${bits}`)]))
  return { index: parseStatementKey(String(sk)), digest, lastAt: Number(lastAt) }
}
