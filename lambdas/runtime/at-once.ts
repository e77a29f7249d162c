/**
 * Works on all items, at most `most` at once, and begins them in their order. No item is begun after an error. Rejects with the
 * first error, once all work that began has ended.
 */
export async function atOnce<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const source = inOrder(items)
  const workers = Array.from({ length: most }, async () => {
    // All workers take from one generator. The first that fails closes it for the others.
    for await (const item of source) await work(item)
  })
  for (const end of await Promise.allSettled(workers)) if (end.status === 'rejected') throw end.reason
}

async function* inOrder<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncGenerator<Item> {
  yield* items
}
