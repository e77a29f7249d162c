/**
 * Runs work on items, at most `atOnce` at a time, and begins it in their order. After an error it begins nothing more. It
 * settles once all work that began has ended, and rejects with the first error.
 */
export async function inParallel<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const source = inOrder(items)
  const workers = Array.from({ length: atOnce }, async () => {
    // All workers take from one generator. The first that fails closes it for the others.
    for await (const item of source) await work(item)
  })
  const ends = await Promise.allSettled(workers)
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

async function* inOrder<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* items
}
