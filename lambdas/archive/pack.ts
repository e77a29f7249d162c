/** Firehose accepts 1,000 KiB per record, and charges each record as a multiple of 5 KB: full records waste nothing. */
export const recordBytesMax = 1_000 * 1_024

/**
 * Puts lines, each ended by a line feed, into as few records as they need, in order. Throws where a single line is more
 * than a record holds; an entry has at most the 400 KB of an item.
 */
export function packLines(lines: readonly string[], bytesMax = recordBytesMax): readonly Buffer[] {
  const records: Buffer[] = []
  let open: Buffer[] = []
  let bytes = 0
  for (const line of lines) {
    const next = Buffer.from(`${line}\n`)
    if (next.length > bytesMax) throw new Error(`a line of ${next.length} bytes does not fit into a record`)
    if (bytes + next.length > bytesMax) {
      records.push(Buffer.concat(open))
      open = []
      bytes = 0
    }
    open.push(next)
    bytes += next.length
  }
  return open.length === 0 ? records : [...records, Buffer.concat(open)]
}
