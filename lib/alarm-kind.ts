/** One kind of alarm. Its section in `docs/runbook.md` has the name of the kind. */
export interface AlarmKind {
  /** The problem, for the person on call. */
  readonly title: string
  readonly threshold: number
  /** True: values below the threshold are bad. Otherwise the threshold and higher values are bad. */
  readonly isFloor?: boolean
  readonly periodMinutes: number
  /** Number of consecutive bad periods before the alarm goes off. */
  readonly periods: number
  /** The reason for the threshold. */
  readonly reason: string
  /** The meaning of missing data. */
  readonly missing: string
  readonly isMissingBad?: boolean
  /** True if customers are refused or wait meanwhile: then it is part of the composite alarm. */
  readonly hurtsCustomers?: boolean
}
