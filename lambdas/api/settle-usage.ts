import * as v from 'valibot'
import { fieldErrors } from '../../contract/field-errors.ts'
import { settleUsage as call } from '../../contract/settle-usage.ts'
import { type SettlementRow, settlementRow } from '../../contract/settlement-row.ts'
import { settle } from '../../core/commands/settle.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { meterRoute } from '../http/meter-route.ts'
import type { Outcome, Problem } from '../http/outcome.ts'
import { settledToJson } from '../http/settlement-json.ts'
import { type MeterDeps, openMeterDeps } from '../runtime/meter-deps.ts'
import { loadSettle } from '../store/meter-loaders.ts'
import { settleRows } from '../usage/settle-rows.ts'

/** Records captures and makes authorizations of any teams. Each row gets the answer of the single call. */
export function settleUsage(deps: MeterDeps) {
  return meterRoute(call, async ({ body, language, requestId }): Promise<Outcome> => {
    const rows = body.rows.map((sent, index) => readRow(sent, index, language))
    const context = { requestId, language, path: call.route.path }
    const results = (await settleRows(deps, rows)).map((result) => settledToJson(result, context))
    return { status: 200, body: { results } }
  })
}

/** A row, or its wrong fields. */
function readRow(sent: unknown, index: number, language: Language): SettlementRow | Problem {
  const read = v.safeParse(settlementRow, sent, { abortPipeEarly: true })
  if (read.success) return read.output
  return { problem: 'BAD_REQUEST', errors: fieldErrors(read.issues, `/rows/${index}`, language) }
}

export const handler = settleUsage(openMeterDeps({ rules: { settle }, loaders: { settle: loadSettle } }))
