import type { Settlement } from './server.ts'

/** The least time between two requests of a process that ask for refused use of one team again. */
const askAgainMs = 1_000

/** A refusal that a process got. */
interface Refused {
  readonly leastQuantity: number
  /** A shorter hold may be granted where money ends before a longer one does, so it may be asked for at once. */
  readonly holdSeconds: number
  /** The server's instant at which time lifts it. */
  readonly resumesAt: number
}

/** A settlement that a process got the answer of. */
export interface Settled extends Settlement {
  /** The monotonic instant, and the server's, at which the request was sent. */
  readonly sentAt: number
  readonly sentAtServer: number
}

/** Follows the asks of one process, and finds those that come too soon after a refusal. */
export class Asks {
  /** The monotonic instant at which the last request was sent that was granted less than it asked for. */
  partialAt = Number.NEGATIVE_INFINITY
  /** Uses by the authorization that was asked for them. */
  private readonly uses = new Map<string, string>()
  private readonly refused = new Map<string, Refused>()
  private readonly askedAgainAt = new Map<string, number>()
  /** The ids of asks that were denied. A doubled request may bring a grant later, which then has no owner. */
  private readonly denied: Set<string>

  constructor(denied: Set<string>) {
    this.denied = denied
  }

  /** Takes an answer. Returns the fault of asking again too soon, if there is one. */
  take({ rows, results, teamIds, sentAt, sentAtServer }: Settled): string | undefined {
    let fault: string | undefined
    const again = new Set<string>()
    for (const [index, row] of rows.entries()) {
      const ask = row.kind === 'authorization' ? row : row.renew
      const use =
        row.kind === 'authorization' ? `${row.appId} ${row.meter}` : this.uses.get(row.authorizationId)
      if (ask === undefined || use === undefined) continue
      const result = results[index]
      const answer = result?.authorization ?? result?.capture?.renewed?.authorization
      if (answer === undefined) continue
      // A grant that was lost on its way, and is over by now, says nothing about the use.
      if (answer.decision === 'deny' && answer.refusal.code === 'AUTHORIZATION_CLOSED') {
        this.denied.add(ask.authorizationId)
        continue
      }
      const before = this.refused.get(use)
      const least = ask.quantityMin ?? ask.quantity
      const { holdSeconds } = ask
      const isAtLeast = before && least >= before.leastQuantity && holdSeconds >= before.holdSeconds
      if (isAtLeast && sentAtServer < before.resumesAt) again.add(teamIds[index] ?? '')
      if (answer.decision === 'allow') {
        if (answer.quantity < ask.quantity) this.partialAt = sentAt
        this.uses.set(ask.authorizationId, use)
        this.refused.delete(use)
      } else {
        this.denied.add(ask.authorizationId)
        const resumesAt = resumesAtOf(answer.refusal)
        this.refused.set(use, { leastQuantity: least, holdSeconds, resumesAt })
      }
    }
    for (const teamId of again) {
      const sinceMs = sentAt - (this.askedAgainAt.get(teamId) ?? Number.NEGATIVE_INFINITY)
      if (sinceMs < askAgainMs - 1) fault = `asks for refused use of ${teamId} again after ${sinceMs} ms`
      this.askedAgainAt.set(teamId, sentAt)
    }
    return fault
  }
}

function resumesAtOf({ resumesAt }: { readonly resumesAt?: string | undefined }): number {
  return resumesAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(resumesAt)
}
