import type { AdjustmentAnswer } from '../../contract/adjust-team.ts'
import { adjustTeam as call } from '../../contract/adjust-team.ts'
import type { Account } from '../../core/account/account.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import { grantLot, lotOf, lotsMax } from '../../core/commands/purchase-tokens.ts'
import type { EntryOf } from '../../core/journal/entry.ts'
import { erasedText } from '../../core/journal/erasure.ts'
import { record } from '../../core/journal/fold.ts'
import { refuse } from '../../core/refusal.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { adjustmentKey } from '../store/keys.ts'

interface Adjust {
  readonly adjustmentId: string
  readonly reason: string
  readonly tokens?: number
  readonly usdCents?: number
}

/** Credits a team, with a reason, once per adjustment id: a lot of tokens, or money off its next bill. */
export function adjustTeam(deps: Deps) {
  return route(call, async ({ params, body }): Promise<Outcome> => {
    const { teamId } = params
    const key = adjustmentKey(teamId, body.adjustmentId)
    const catalog = await deps.catalog.get()
    const outcome = await deps.operations.run(teamId, catalog, async (account, now, known) => {
      const earlier = known.size > 0 ? await deps.journal.find(key, 'adjustment') : undefined
      if (earlier !== undefined)
        return isSame(earlier, body) ? { account, entries: [], answer: true } : refuse('IDEMPOTENCY_CONFLICT')
      if (body.tokens !== undefined && account.lots.length >= lotsMax) return refuse('TOO_MANY_LOTS')
      return { ...adjusted(account, body, now, catalog), answer: true }
    })
    if (typeof outcome === 'string') return notFound
    return 'refused' in outcome ? outcome : { status: 201, body: body satisfies AdjustmentAnswer }
  })
}

function adjusted(
  account: Account,
  { adjustmentId, reason, tokens, usdCents }: Adjust,
  now: number,
  catalog: Catalog,
) {
  const amounts = { tokens: tokens ?? 0, creditUsdCents: usdCents ?? 0 }
  const noted = record(account, now, { kind: 'adjustment', adjustmentId, reason, ...amounts })
  if (tokens === undefined) return { account: noted.account, entries: [noted.entry] }
  // A colon cannot stand in a purchase's id, so the two kinds of lots never share one.
  const granted = grantLot(noted.account, lotOf(`adjustment:${adjustmentId}`, tokens, now), now, catalog)
  return { account: granted.account, entries: [noted.entry, granted.entry] }
}

function isSame(entry: EntryOf<'adjustment'>, { reason, tokens, usdCents }: Adjust): boolean {
  const isSameReason = entry.reason === reason || entry.reason === erasedText
  return isSameReason && entry.tokens === (tokens ?? 0) && entry.creditUsdCents === (usdCents ?? 0)
}
