import type { Account } from '../account/account.ts'
import { dayMs, type Instant } from '../time/time.ts'

/**
 * The head of a document of a team, fixed on the day of issue. Amounts are net and in the currency; the country decides which
 * tax they bear.
 */
export interface DocumentHead {
  /** Its number in its series: 1, 2, 3, … without a gap. */
  readonly number: number
  /** Version of the `team-changed` entry whose name it bears. The name is stored outside the journal, so that it can be erased. */
  readonly teamVersion: number
  readonly country: string
  readonly currency: 'USD'
}

/** The head of a document that is issued now. */
export function documentHead({ teamVersion, profile: { country } }: Account, number: number): DocumentHead {
  return { number, teamVersion, country, currency: 'USD' }
}

/** Days in which an invoice is to be paid: after as many days rated meters stop (our default: aps-facts, section 3). */
const payWithinMs = 14 * dayMs

/** The last instant to pay an invoice that was issued at an instant. */
export function payBy(issuedAt: Instant): Instant {
  return issuedAt + payWithinMs
}
