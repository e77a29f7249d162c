import { useState } from 'react'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { Problem } from '../../api/problem.ts'
import { useAnswer, useWrite } from '../../api/queries.ts'
import { useRole, useTeamId } from '../../session/session-context.ts'
import { useSteady } from '../../use-steady.ts'

/** The purchase of one form. It keeps one id, so it is charged once however often it is sent. */
export function usePurchase(onBought: (purchase: Purchase) => void) {
  const teamId = useTeamId()
  const write = useWrite('purchaseTokens')
  const [purchaseId, setPurchaseId] = useState(() => crypto.randomUUID())
  return {
    write,
    /** Buys at the price that is shown. At another price nothing is bought. */
    buy: (tokens: number, expectedUsdCents: number | undefined) =>
      write.mutate(
        { params: { teamId }, body: { purchaseId, tokens, expectedUsdCents } },
        { onSuccess: onBought },
      ),
    /** True if this form's purchase was already made with another amount, because its first answer was lost. */
    isTaken: write.error instanceof Problem && write.error.code === 'IDEMPOTENCY_CONFLICT',
    startAnew() {
      setPurchaseId(crypto.randomUUID())
      write.reset()
    },
  }
}

/** The preview of a purchase, loaded when typing pauses. Developers may not buy, so they get no preview. */
export function usePurchasePreview(tokens: number | undefined) {
  const teamId = useTeamId()
  const isAdmin = useRole() === 'admin'
  const steady = useSteady(tokens)
  // Not the form's own id: with that id, a purchase that was already made would be returned.
  const [purchaseId] = useState(() => crypto.randomUUID())
  const body = { purchaseId, tokens: steady ?? 0 }
  const given = { params: { teamId }, query: { preview: 'true' }, body } as const
  return useAnswer('purchaseTokens', given, { isAsked: isAdmin && steady !== undefined })
}

/** Returns true if both are refusals with the same code. */
export function isSameRefusal(first: Error | null, other: Error | null): boolean {
  return first instanceof Problem && other instanceof Problem && first.code === other.code
}

/** Returns the error of the number of tokens, in the API's words. */
export function wrongTokens(error: Error | null): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find(({ pointer }) => pointer === '/tokens')?.message
}
