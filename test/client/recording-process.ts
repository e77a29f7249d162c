import { writeSync } from 'node:fs'
import { Recorder } from '../../client/record/recorder.ts'
import { openSpool } from '../../client/spool.ts'
import { openEnvironment } from '../../client/transport/node-environment.ts'

/**
 * Records usage until it is killed, at most 20 events at a time, and prints the id of each accepted event. Arguments: the
 * spool's folder, the API's root, a token, the prefix of its ids, the time of the events.
 */
const [, , folder = '', baseUrl = '', token = '', prefix = '', at = ''] = process.argv
const environment = openEnvironment({ baseUrl, token })
const recorder = new Recorder({ environment, serverNow: () => Number(at), log: openSpool(folder).events })

let count = 0
async function recordOn(): Promise<never> {
  for (;;) {
    count += 1
    const id = `${prefix}-${count}`
    const usage = { appId: 'viewer', meter: 'model-derivative-simple-job', quantity: 1 + (count % 3) }
    await recorder.record({ ...usage, id, source: 'kill-test', at: Number(at) })
    writeSync(1, `${id}\n`)
    await new Promise(setImmediate)
  }
}

for (let lane = 0; lane < 20; lane += 1) void recordOn()
