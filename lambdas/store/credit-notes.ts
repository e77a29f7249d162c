import type { CreditNote, Entry } from '../../core/journal/entry.ts'
import type { Instant } from '../../core/time/time.ts'
import type { CopyItem } from './copy-item.ts'
import { creditNoteKey, creditNotePrefix, teamPk } from './keys.ts'
import { queryItems, type Table } from './table.ts'

export interface IssuedCreditNote extends CreditNote {
  readonly reversalId: string
  readonly issuedAt: Instant
}

/** The credit notes of teams. Each is a copy of a part of a reversal's entry. */
export class CreditNoteStore {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Up to `limit` credit notes with numbers below `before`, newest first. */
  async newest(teamId: string, before: number, limit: number): Promise<readonly IssuedCreditNote[]> {
    const to = creditNoteKey(teamId, before - 1).sk
    const range = { pk: teamPk(teamId), from: creditNotePrefix, to, isNewestFirst: true, limit }
    return (await queryItems(this.table, range)).map((item) => item.creditNote as IssuedCreditNote)
  }
}

/** The credit notes among entries. */
export function creditNoteItems(entries: readonly Entry[]): readonly CopyItem[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'reversal') return []
    const { teamId, version, reversalId, at, creditNotes } = entry
    return creditNotes.map((note) => ({
      ...creditNoteKey(teamId, note.number),
      ofVersion: version,
      creditNote: { ...note, reversalId, issuedAt: at },
    }))
  })
}
