import type { LeaseLog } from '../spool-model.ts'
import type { LeaseFile } from './lease-file.ts'

/** The leases of a file, for callers that go on when the disk fails. */
export function guardLeases(file: LeaseFile, onProblem: (problem: string) => void): LeaseLog {
  function attempt<Result>(action: () => Result): Result | undefined {
    try {
      return action()
    } catch (error) {
      onProblem(String(error))
      return undefined
    }
  }

  return {
    leftovers: file.leftovers,
    open: (authorizationId) => attempt(() => file.open(authorizationId)),
    write: (place, used) => void attempt(() => file.write(place, used)),
    close: (place) => void attempt(() => file.close(place)),
  }
}
