import type { Account, Lot } from '../core/account/account.ts'
import type { Charge, Entry } from '../core/journal/entry.ts'

/** Adds up the tokens of each lot, from the entries alone: granted = remaining + spent + expired + taken back. */
export class LotSums {
  private readonly left: Map<string, number>
  private readonly takenBack = new Map<string, number>()

  /** Starts from the lots of an account. */
  constructor({ lots }: Account) {
    this.left = new Map(lots.map(({ lotId, remaining }) => [lotId, remaining]))
  }

  /** Adds one entry. Returns a problem, or undefined. */
  add(entry: Entry, charges: readonly Charge[]): string[] {
    const wrong: string[] = []
    if (entry.kind === 'lot-granted') {
      if (this.left.has(entry.lot.lotId)) wrong.push(`lot ${entry.lot.lotId} is granted again`)
      this.left.set(entry.lot.lotId, entry.lot.milliTokens)
    }
    if (entry.kind === 'reversal') {
      for (const { lot, milliTokens, hasLapsed } of entry.tokens)
        if (!hasLapsed) this.left.set(lot.lotId, (this.left.get(lot.lotId) ?? 0) + milliTokens)
    }
    if (entry.kind === 'payment' && entry.restored !== undefined)
      wrong.push(...this.restore(entry.restored.lot))
    for (const charge of charges) {
      if (charge.source === 'flex') wrong.push(...this.spend(charge))
    }
    if (entry.kind === 'tokens-taken-back') {
      wrong.push(...this.take(entry.lotId, entry.milliTokens, 'taken back'))
      this.takenBack.set(entry.lotId, (this.takenBack.get(entry.lotId) ?? 0) + entry.milliTokens)
    }
    if (entry.kind === 'lot-expired') wrong.push(...this.take(entry.lotId, entry.milliTokens, 'expired'))
    return wrong
  }

  /** Compares the computed remainder of each lot with the lots of the account. */
  check(account: Account): string[] {
    const stored = new Map(account.lots.map((lot: Lot) => [lot.lotId, lot.remaining]))
    const lotIds = new Set([...stored.keys(), ...this.left.keys()])
    return [...lotIds].flatMap((lotId) => {
      const [has, must] = [stored.get(lotId) ?? 0, this.left.get(lotId)]
      if (must === undefined) return [`lot ${lotId} was never granted`]
      return has === must
        ? []
        : [`lot ${lotId} has ${has} left; granted - spent - expired - taken back is ${must}`]
    })
  }

  /** A won dispute gives back all that was taken back, and no more. */
  private restore({ lotId, remaining }: Lot): string[] {
    const must = (this.left.get(lotId) ?? 0) + (this.takenBack.get(lotId) ?? 0)
    this.left.set(lotId, remaining)
    this.takenBack.delete(lotId)
    return remaining === must ? [] : [`lot ${lotId} gets ${remaining} back; left + taken back is ${must}`]
  }

  private spend({ milliTokens, lots }: Extract<Charge, { source: 'flex' }>): string[] {
    const sum = lots.reduce((total, lot) => total + lot.milliTokens, 0)
    const wrong = sum === milliTokens ? [] : [`a charge of ${milliTokens} draws ${sum} from its lots`]
    return [...wrong, ...lots.flatMap((lot) => this.take(lot.lotId, lot.milliTokens, 'spent'))]
  }

  private take(lotId: string, milliTokens: number, how: string): string[] {
    const left = (this.left.get(lotId) ?? 0) - milliTokens
    this.left.set(lotId, left)
    return left < 0 ? [`lot ${lotId}: ${milliTokens} ${how}, ${-left} more than were left`] : []
  }
}
