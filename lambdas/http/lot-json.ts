import { instantToJson } from '../../contract/instant.ts'
import type { LotAnswer } from '../../contract/lot.ts'
import type { Lot } from '../../core/account/account.ts'
import { tokensToJson } from './charge-json.ts'

export function lotToJson({ lotId, milliTokens, remaining, purchasedAt, expiresAt }: Lot): LotAnswer {
  return {
    lotId,
    tokens: tokensToJson(milliTokens),
    remaining: tokensToJson(remaining),
    purchasedAt: instantToJson(purchasedAt),
    expiresAt: instantToJson(expiresAt),
  }
}
