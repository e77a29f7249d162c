import { getReceipt as call } from '../../contract/get-receipt.ts'
import { receiptToJson } from '../http/document-json.ts'
import { preferredMediaType } from '../http/negotiate.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { paperHeaders } from '../http/paper.ts'
import { receiptToHtml } from '../http/receipt-document.ts'
import { hubRoute } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { lotGrantedKey } from '../store/keys.ts'

/** Shows the receipt of a purchase whose payment has settled, as JSON or as a page to print. Later results do not change it. */
export function getReceipt(deps: TeamDeps) {
  return hubRoute(deps, call, async ({ params, headers, language }): Promise<Outcome> => {
    const { teamId, purchaseId } = params
    const granted = await deps.journal.find(lotGrantedKey(teamId, purchaseId), 'lot-granted')
    if (granted?.receipt === undefined) return notFound
    const names = await deps.teams.namesAt(teamId, [granted.receipt.teamVersion])
    const body = receiptToJson(granted, granted.receipt, { teamId, names })
    const type = preferredMediaType(headers.accept, ['application/json', 'text/html'])
    return type === 'text/html'
      ? { status: 200, headers: paperHeaders, body: receiptToHtml(body, language) }
      : { status: 200, body }
  })
}
