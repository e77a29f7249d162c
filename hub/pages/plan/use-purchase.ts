import { useState } from 'react'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { Problem } from '../../api/problem.ts'
import { useAnswer, useWrite } from '../../api/queries.ts'
import { useMayChange, useTeamId } from '../../session/session-context.ts'
import { useSteady } from '../../use-steady.ts'
import { keptPurchaseId, renewPurchaseId } from './purchase-id.ts'

/** The purchase of one form. It keeps one id, so it is charged once however often it is sent, also after a reload. */
export function usePurchase(onBought: (purchase: Purchase) => void) {
  const teamId = useTeamId()
  const write = useWrite('purchaseTokens')
  const [purchaseId, setPurchaseId] = useState(() => keptPurchaseId(teamId))
  return {
    write,
    /** Buys at the price that is shown. At another price nothing is bought. */
    buy: (tokens: number, expectedUsdCents: number) =>
      write.mutate(
        { params: { teamId }, body: { purchaseId, tokens, expectedUsdCents } },
        {
          onSuccess: (purchase) => {
            renewPurchaseId(teamId)
            onBought(purchase)
          },
        },
      ),
    startAgain() {
      setPurchaseId(renewPurchaseId(teamId))
      write.reset()
    },
  }
}

/** The preview of a purchase, loaded when typing pauses. Developers may not buy, so they get no preview. */
export function usePurchasePreview(tokens: number | undefined) {
  const teamId = useTeamId()
  const mayBuy = useMayChange()
  const steady = useSteady(tokens)
  // Not the form's own id: with that id, a purchase that was already made would be returned.
  const [purchaseId] = useState(() => crypto.randomUUID())
  const body = { purchaseId, tokens: steady ?? 0 }
  const given = { params: { teamId }, query: { preview: 'true' }, body } as const
  return useAnswer('purchaseTokens', given, { isAsked: mayBuy && steady !== undefined })
}

/** True if the form's purchase was already made with another amount, because its first answer was lost. */
export function isTaken(error: Error | null): boolean {
  return error instanceof Problem && error.code === 'IDEMPOTENCY_CONFLICT'
}

/** True if nothing was bought because the price is another one than the buyer has seen. */
export function isAnotherPrice(error: Error | null): boolean {
  return error instanceof Problem && error.code === 'PRICE_CHANGED'
}

/** Returns the error of the number of tokens, in the API's words. */
export function wrongTokens(error: Error | null): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find(({ pointer }) => pointer === '/tokens')?.message
}
