import { writeSync } from 'node:fs'
import { openSpool } from '../../client/spool.ts'

/** Opens the spool in the folder that the arguments name, prints the outcome, and holds the spool until it is killed. */
const [, , folder = ''] = process.argv
try {
  openSpool(folder)
  writeSync(1, 'open\n')
} catch (cause) {
  writeSync(1, `${String(cause)}\n`)
}
process.stdin.resume()
