import type { Account } from '../core/account/account.ts'
import type { DocumentHead } from '../core/invoice/document.ts'
import type { Entry } from '../core/journal/entry.ts'

/**
 * Checks the heads of a team's documents, from the entries alone: both series of numbers have no gap, and
 * each document bears the name and country that the team had when it was issued.
 */
export class DocumentAudit {
  private invoices: number
  private receipts: number
  private teamVersion: number
  private country: string

  /** Starts from the numbers and the profile of an account. */
  constructor({ documents, receipts, teamVersion, profile }: Account) {
    this.invoices = documents
    this.receipts = receipts
    this.teamVersion = teamVersion
    this.country = profile.country
  }

  /** Adds one entry. Returns the problems that it shows. */
  add(entry: Entry): string[] {
    switch (entry.kind) {
      case 'team-changed':
        return this.rename(entry.version, entry.teamVersion, entry.profile.country)
      case 'period-closed':
        this.invoices += 1
        return this.checkHead(entry, this.invoices)
      case 'reversal':
        return entry.creditNotes.flatMap((note) => {
          this.invoices += 1
          return this.checkHead(note, this.invoices)
        })
      case 'lot-granted':
        if (entry.receipt === undefined) return []
        this.receipts += 1
        return this.checkHead(entry.receipt, this.receipts)
      default:
        return []
    }
  }

  private rename(version: number, teamVersion: number, country: string): string[] {
    const isOther = teamVersion === version
    const isSame = teamVersion === this.teamVersion && country === this.country
    this.teamVersion = teamVersion
    this.country = country
    return isOther || isSame
      ? []
      : [`the team bears the name of version ${teamVersion}, with another country`]
  }

  private checkHead({ number, teamVersion, country }: DocumentHead, expected: number): string[] {
    const isBearer = teamVersion === this.teamVersion && country === this.country
    return [
      ...(number === expected ? [] : [`a document has number ${number} instead of ${expected}`]),
      ...(isBearer ? [] : [`document ${number} bears version ${teamVersion} of the team, ${country}`]),
    ]
  }
}
