import type { Account, Lot } from '../account/account.ts'
import type { Context } from '../catalog/context.ts'
import { backingPhases, isCovered } from '../funding/backing.ts'
import { largest } from '../funding/search.ts'
import type { Entry, EntryBodyOf } from '../journal/entry.ts'
import { record } from '../journal/record.ts'

/** Takes back the tokens of withdrawn lots that no open authorization needs, with an entry for each lot. */
export function takeBackSurplus(
  before: Account,
  context: Context,
): { readonly account: Account; readonly entries: readonly Entry[] } {
  const entries: Entry[] = []
  let account = before
  for (let body = surplusOf(account, context); body !== undefined; body = surplusOf(account, context)) {
    const taken = record(account, context.now, body)
    account = taken.account
    entries.push(taken.entry)
  }
  return { account, entries }
}

/** The first withdrawn lot with tokens that the backing rule does not need, and their number; undefined for none. */
export function surplusOf(account: Account, context: Context): EntryBodyOf<'tokens-taken-back'> | undefined {
  for (const lot of account.lots) {
    if (lot.withdrawn === undefined) continue
    const milliTokens = largest(lot.remaining, (taken) => isCoveredWithout(account, lot, taken, context))
    if (milliTokens > 0) return { kind: 'tokens-taken-back', lotId: lot.lotId, milliTokens }
  }
  return undefined
}

function isCoveredWithout(account: Account, lot: Lot, milliTokens: number, context: Context): boolean {
  const lots = account.lots.map((other) =>
    other === lot ? { ...lot, remaining: lot.remaining - milliTokens } : other,
  )
  return backingPhases({ ...account, lots }, context).every(isCovered)
}
