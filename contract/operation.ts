import type * as v from 'valibot'
import type { Call } from './call.ts'

/** A call with what it answers, for the OpenAPI document and the tests; no function loads this. */
export interface Operation {
  readonly call: Call
  readonly summary: string
  readonly status: number
  /** The status of a preview, where it differs. */
  readonly previewStatus?: number
  /** The component it is described as; absent where the answer has no body. */
  readonly answer?: { readonly name: string; readonly schema: v.GenericSchema }
  readonly example?: { readonly request?: unknown; readonly answer?: unknown }
  /** It can be refused by a rule (409). */
  readonly canConflict?: boolean
}

/** What an operation answers, as the component of this name. */
export const answer = (name: string, schema: v.GenericSchema) => ({ name, schema })
