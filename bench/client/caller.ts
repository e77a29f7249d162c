import { join } from 'node:path'
import * as v from 'valibot'
import { createClient, type Decision, type Environment, type TollgateClient } from '../../client/client.ts'
import { openSpool } from '../../client/spool.ts'
import { openEnvironment } from '../../client/transport/node-environment.ts'
import { type CallerMessage, CallerTask, ownLogOf } from './messages.ts'
import { OwnLog } from './own-log.ts'

/*
 * A process of a service: it makes calls at a steady rate, a few in each turn of the event loop, without waiting for the
 * answers of earlier turns, as its customers would. `run-load.ts` starts it and ends it.
 */

const turnMs = 2
/** A process that got no time does not make up for all of it at once. */
const turnCallsMax = 2_000
/** The most calls that wait for their answers at a time. */
const waitingMax = 5_000

const task = v.parse(CallerTask, JSON.parse(process.argv[2] ?? ''))
const counts = { requests: 0, rows: 0, denied: 0, unavailable: 0 }
const problems: string[] = []
const log = new OwnLog(ownLogOf(task.folder))
let isRefused: boolean | undefined
let isStopping = false

const client = createClient(
  {
    ...task,
    spool: openSpool(join(task.folder, 'spool')),
    onProblem: ({ what, status, detail }) => problems.push(`${what} ${status} ${detail.slice(0, 200)}`),
  },
  counting(openEnvironment(task)),
)
process.on('message', () => {
  isStopping = true
})
// The run is gone.
const leave = () => process.exit(1)
process.on('disconnect', leave)
await callUntilStopped(client)
await client.close()
log.close()
send({ kind: 'done', ...counts, problems })
process.off('disconnect', leave)
process.disconnect()

async function callUntilStopped(meter: TollgateClient): Promise<void> {
  let startedAt = performance.now()
  let made = 0
  while (!isStopping) {
    const due = Math.floor(((performance.now() - startedAt) * task.callsPerSecond) / 1_000) - made
    const room = waitingMax - (log.asked - log.answered)
    const calls = Math.max(0, Math.min(due, room, turnCallsMax))
    if (calls < due) startedAt += ((due - calls) * 1_000) / task.callsPerSecond
    made += calls
    makeCalls(meter, calls)
    await endOfTurn()
    log.end()
    await new Promise((resolve) => setTimeout(resolve, turnMs))
  }
  for (; log.answered < log.asked; log.end()) await new Promise((resolve) => setTimeout(resolve, turnMs))
}

function makeCalls(meter: TollgateClient, calls: number): void {
  if (calls === 0) return
  log.begin(calls)
  for (let call = 0; call < calls; call++) void meter.allow(task.appId, task.meter).then(tally)
}

function tally(decision: Decision): void {
  log.answered += 1
  if (decision.decision === 'allow') {
    log.admitted += 1
    if (isRefused !== false) send({ kind: 'allowed', at: Date.now() })
    isRefused = false
    return
  }
  if (decision.decision === 'unavailable') {
    counts.unavailable += 1
    return
  }
  counts.denied += 1
  if (isRefused !== true) send({ kind: 'refused', at: Date.now(), code: decision.refusal.code })
  isRefused = true
}

/** All answers that need no request are there when the event loop turns. */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function counting(environment: Environment): Environment {
  return {
    ...environment,
    send: (sent) => {
      counts.requests += 1
      counts.rows += sent.body === undefined ? 0 : JSON.parse(sent.body).rows.length
      return environment.send(sent)
    },
  }
}

function send(message: CallerMessage): void {
  process.send?.(message)
}
