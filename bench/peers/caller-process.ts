import { runLogged, runRate, runSpend } from './caller-runs.ts'
import type { Job, Message } from './job.ts'
import type { Peer } from './peer.ts'

/*
 * A process with callers. It gets one job from its parent, runs it, reports the result and ends. It also ends when its
 * parent does.
 */

const tell = (message: Message) =>
  new Promise<void>((resolve) => {
    process.send?.(message, undefined, {}, () => resolve())
  })

async function run(job: Job): Promise<object> {
  const { peer }: { readonly peer: Peer } = await import(job.module)
  const caller = await peer.open(job.opening)
  switch (job.run.kind) {
    case 'rate':
      return runRate(caller, job.run, job)
    case 'spend':
      return runSpend(caller, job.run, job)
    case 'logged':
      return runLogged(caller, { ...job, run: job.run }, () => void tell({ calling: true }))
  }
}

process.on('disconnect', () => process.exit(1))
process.once('message', (job: Job) => {
  run(job)
    .then(
      (result) => tell({ result }),
      (cause: unknown) => tell({ error: cause instanceof Error ? String(cause.stack) : String(cause) }),
    )
    .finally(() => process.exit())
})
