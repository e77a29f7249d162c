import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

const bytesMax = 20_000_000

/** Opens the file that takes what the functions print. A large one is put aside first; one such is kept. */
export function openFunctionLog(dataDir: string): WriteStream {
  const file = join(dataDir, 'functions.log')
  if (existsSync(file) && statSync(file).size > bytesMax) renameSync(file, `${file}.old`)
  const stream = createWriteStream(file, { flags: 'a' })
  stream.setMaxListeners(0)
  return stream
}
