import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

const bytesMax = 20_000_000

/** Opens the log file for the output of the functions. Renames a large file first and keeps one such file. */
export function openFunctionLog(dataDir: string): WriteStream {
  const file = join(dataDir, 'functions.log')
  if (existsSync(file) && statSync(file).size > bytesMax) renameSync(file, `${file}.old`)
  const stream = createWriteStream(file, { flags: 'a' })
  stream.setMaxListeners(0)
  return stream
}
