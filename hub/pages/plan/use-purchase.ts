import { useState } from 'react'
import type { PurchaseAnswer as Purchase } from '../../../contract/purchase-tokens.ts'
import { Problem } from '../../api/problem.ts'
import { useAnswer, useWrite } from '../../api/queries.ts'
import { useRole, useTeamId } from '../../session/session-context.ts'
import { useSteady } from '../../use-steady.ts'

/** The purchase of one form: one, under one id, however often it is sent. */
export function usePurchase(onBought: (purchase: Purchase) => void) {
  const teamId = useTeamId()
  const write = useWrite('purchaseTokens')
  const [purchaseId, setPurchaseId] = useState(() => crypto.randomUUID())
  return {
    write,
    buy: (tokens: number) =>
      write.mutate({ params: { teamId }, body: { purchaseId, tokens } }, { onSuccess: onBought }),
    /** Whether this form's purchase was made before with another amount: its first answer was lost. */
    isTaken: write.error instanceof Problem && write.error.code === 'IDEMPOTENCY_CONFLICT',
    startAnew() {
      setPurchaseId(crypto.randomUUID())
      write.reset()
    },
  }
}

/** What a purchase would come to, asked when typing pauses. A developer may not ask, and buys nothing. */
export function usePurchasePreview(tokens: number | undefined) {
  const teamId = useTeamId()
  const isAdmin = useRole() === 'admin'
  const steady = useSteady(tokens)
  // Not the form's own id: under that, a purchase that was made would answer.
  const [purchaseId] = useState(() => crypto.randomUUID())
  const body = { purchaseId, tokens: steady ?? 0 }
  const given = { params: { teamId }, query: { preview: 'true' }, body } as const
  return useAnswer('purchaseTokens', given, { isAsked: isAdmin && steady !== undefined })
}

/** Whether both say the same no. */
export function isSameRefusal(one: Error | null, other: Error | null): boolean {
  return one instanceof Problem && other instanceof Problem && one.code === other.code
}

/** What is wrong with the number of tokens, in the API's words. */
export function wrongTokens(error: Error | null): string | undefined {
  if (!(error instanceof Problem)) return undefined
  return error.errors.find(({ pointer }) => pointer === '/tokens')?.message
}
