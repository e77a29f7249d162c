/** Runs jobs, at most `atOnce` at a time. */
export async function inParallel(jobs: readonly (() => Promise<unknown>)[], atOnce: number): Promise<void> {
  const waiting = [...jobs]
  const workers = Array.from({ length: atOnce }, async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await job()
  })
  await Promise.all(workers)
}
