import type { Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import document from '../schema/openapi.json' with { type: 'json' }

/** The contract itself, for anyone. */
export const handler = route({ operationId: 'getOpenApi' }, (): Outcome => ({ status: 200, body: document }))
