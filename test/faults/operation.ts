import type { OperationId } from '../../contract/routes.ts'
import type { EntryKind } from '../../core/journal/entry.ts'
import type { DeployedFunction } from '../../lib/functions.ts'
import type { Answer, Instance } from './instance.ts'
import type { StateName } from './states.ts'

/** One operation of the fault table. */
export interface Operation {
  readonly name: string
  readonly covers: OperationId | DeployedFunction
  readonly state: StateName
  /** Entries that it adds, by kind, however often it is asked. */
  readonly makes: Readonly<Partial<Record<EntryKind, number>>>
  /** It changes nothing, so its table may be shared. */
  readonly isRead?: true
  /** `false`: each call is another change, by its nature. */
  readonly isRepeatable?: false
  /** Why its answer may lack what an index does not show yet. */
  readonly mayLag?: string
  /** A schedule starts it, so it may also come late or never. */
  readonly isScheduled?: true
  /** Why it is not the same a day later. */
  readonly isOfItsDay?: string
  run(instance: Instance): Promise<Answer>
  /** The work of schedules some minutes later, after the fault has passed. */
  settle?(instance: Instance): Promise<unknown>
  /** The part of an acknowledged answer that must be the same each time; by default all of it. */
  essence?(body: unknown): unknown
}
