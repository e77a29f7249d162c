/** Size of a comparison. */
export interface Scale {
  readonly callers: number
  readonly teams: number
  readonly warmUpMs: number
  readonly measureMs: number
  /** Time of a run that is only counted. */
  readonly countMs: number
  /** Calls that the team of the exhaustion has paid for. */
  readonly paidCalls: number
  readonly kills: KillScale
}

export interface KillScale {
  readonly processes: number
  readonly callersEach: number
  /** Kills of each process. */
  readonly killsEach: number
}

export const fullScale: Scale = {
  callers: 64,
  teams: 1_000,
  warmUpMs: 2_000,
  measureMs: 7_000,
  countMs: 2_000,
  paidCalls: 300,
  kills: { processes: 4, callersEach: 8, killsEach: 2 },
}

export const quickScale: Scale = {
  callers: 16,
  teams: 20,
  warmUpMs: 200,
  measureMs: 500,
  countMs: 300,
  paidCalls: 100,
  kills: { processes: 2, callersEach: 4, killsEach: 1 },
}
