import type { Instant } from '../../core/time/time.ts'
import { phaseAt, phases } from './dates.ts'

/** Counts by row and phase. A row exists once it has a count. */
export class Tally {
  private readonly rows = new Map<string, number[]>()

  /** `by` is a whole number, in the unit of the row. */
  add(row: string, at: Instant, by = 1): void {
    const counts = this.rows.get(row) ?? phases.map(() => 0)
    const phase = phaseAt(at)
    counts[phase] = (counts[phase] ?? 0) + by
    this.rows.set(row, counts)
  }

  /** The row's count in each phase. */
  of(row: string): readonly number[] {
    return this.rows.get(row) ?? phases.map(() => 0)
  }

  total(row: string): number {
    return this.of(row).reduce((sum, count) => sum + count, 0)
  }

  has(row: string): boolean {
    return this.rows.has(row)
  }
}
