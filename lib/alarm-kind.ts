/** What an alarm of one kind means, whatever it watches. Its section in `docs/runbook.md` has the kind's name. */
export interface AlarmKind {
  /** What has happened, for whoever is woken. */
  readonly title: string
  readonly threshold: number
  /** Whether less than the threshold is bad; else the threshold, and more, is. */
  readonly isFloor?: boolean
  readonly periodMinutes: number
  /** How many periods in a row must be bad. */
  readonly periods: number
  /** Why the threshold is what it is. */
  readonly reason: string
  /** What it means when there is no data, and whether that is bad. */
  readonly missing: string
  readonly isMissingBad?: boolean
  /** Customers are refused, or wait, while it lasts: part of the composite alarm. */
  readonly hurtsCustomers?: boolean
}
