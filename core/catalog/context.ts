import type { Instant } from '../time/time.ts'
import type { Catalog } from './catalog.ts'

/** The instant and the rates of a decision. Each command adds its other inputs, except the account. */
export interface Context {
  readonly now: Instant
  readonly catalog: Catalog
}
