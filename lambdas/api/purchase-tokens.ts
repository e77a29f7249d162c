import type { PurchaseAnswer } from '../../contract/purchase-tokens.ts'
import { purchaseTokens as call } from '../../contract/purchase-tokens.ts'
import type { Lot } from '../../core/account/account.ts'
import type { Catalog } from '../../core/catalog/catalog.ts'
import {
  grantLot,
  lotOf,
  minimumTokens,
  purchaseTokens as order,
  type Purchase,
} from '../../core/commands/purchase-tokens.ts'
import { chargesOf, type Entry, type EntryOf } from '../../core/journal/entry.ts'
import { refuse } from '../../core/refusal.ts'
import { chargesToJson } from '../http/charge-json.ts'
import { lotToJson } from '../http/lot-json.ts'
import { badRequest, notFound, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { Deps } from '../runtime/deps.ts'
import { lotGrantedKey, purchaseKey, sandboxKey } from '../store/keys.ts'
import { getItem } from '../store/table.ts'

interface Purchased {
  readonly purchase: EntryOf<'purchase'>
  readonly lot?: Lot
}

/** Buys tokens, once per purchase id, or shows what that would come to. The lot is granted when the payment has settled. */
export function purchaseTokens(deps: Deps) {
  return route(call, async ({ params, body, query }): Promise<Outcome> => {
    const { teamId } = params
    const earlier = await findPurchase(deps, teamId, body.purchaseId)
    if (earlier !== undefined) return answerTo(earlier, body.tokens)
    const catalog = await deps.catalog.get()
    const limit = minimumTokens(catalog, deps.clock.now())
    if (body.tokens < limit) return badRequest({ pointer: '/tokens', message: 'minimumTokens', limit })
    if (query.preview) return preview(deps, teamId, body, catalog)
    const isPaidAtOnce = deps.payments === 'sandbox' && (await settlesAtOnce(deps, teamId))
    const outcome = await deps.operations.run<Purchased | undefined>(
      teamId,
      catalog,
      (account, now, known) => {
        if (known.size > 0) return { account, entries: [], answer: undefined }
        const ordered = order(account, body, now, catalog)
        if ('refused' in ordered) return ordered
        const purchase = ordered.entry
        if (!isPaidAtOnce) return { ...ordered, entries: [purchase], answer: { purchase } }
        const lot = lotOf(body.purchaseId, body.tokens, purchase.at)
        const granted = grantLot(ordered.account, lot, now, catalog)
        return { account: granted.account, entries: [purchase, granted.entry], answer: { purchase, lot } }
      },
    )
    if (typeof outcome === 'string') return notFound
    if ('refused' in outcome) return outcome
    const purchased = outcome.answer ?? (await findPurchase(deps, teamId, body.purchaseId))
    if (purchased === undefined) throw new Error('a purchase was known and is not there')
    return answerTo(purchased, body.tokens)
  })
}

/** The same decisions on the same account, as if the payment settled at once; nothing is written. */
async function preview(deps: Deps, teamId: string, body: Purchase, catalog: Catalog): Promise<Outcome> {
  const seen = await deps.operations.look(teamId, catalog)
  if (seen === undefined) return notFound
  const { account, now } = seen
  const ordered = order(account, body, now, catalog)
  if ('refused' in ordered) return ordered
  const { purchaseId, tokens, unitPriceUsdCents, usdCents } = ordered.entry
  const lot = lotOf(purchaseId, tokens, now)
  const { entry } = grantLot(ordered.account, lot, now, catalog)
  const answer: PurchaseAnswer = {
    purchaseId,
    tokens,
    unitPriceUsdCents,
    usdCents,
    status: 'preview',
    lot: lotToJson(lot),
    settles: chargesToJson(chargesOf(entry)),
  }
  return { status: 200, body: answer }
}

/** In the sandbox tokens are paid when they are bought, unless the team's payments were told to end otherwise. */
async function settlesAtOnce({ table }: Deps, teamId: string): Promise<boolean> {
  const behaviour = (await getItem(table, sandboxKey(teamId)))?.behaviour
  return behaviour === undefined || behaviour === 'settle'
}

async function findPurchase(deps: Deps, teamId: string, purchaseId: string): Promise<Purchased | undefined> {
  const purchase = await deps.journal.find(purchaseKey(teamId, purchaseId), 'purchase')
  if (purchase === undefined) return undefined
  const granted: Entry | undefined = await deps.journal.find(lotGrantedKey(teamId, purchaseId), 'lot-granted')
  return granted?.kind === 'lot-granted' ? { purchase, lot: granted.lot } : { purchase }
}

function answerTo({ purchase, lot }: Purchased, tokens: number): Outcome {
  if (purchase.tokens !== tokens) return refuse('IDEMPOTENCY_CONFLICT')
  const { purchaseId, unitPriceUsdCents, usdCents } = purchase
  const granted = lot === undefined ? undefined : lotToJson(lot)
  const status = granted === undefined ? 'payment-pending' : 'granted'
  const body: PurchaseAnswer = { purchaseId, tokens, unitPriceUsdCents, usdCents, status, lot: granted }
  return { status: 201, body }
}
