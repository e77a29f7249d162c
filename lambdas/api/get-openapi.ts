import { getOpenApi as call } from '../../contract/get-openapi.ts'
import document from '../../contract/openapi.json' with { type: 'json' }
import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'

/** The contract itself, for anyone. */
export const handler = route(call, (): Outcome => ({ status: 200, body: document }))
