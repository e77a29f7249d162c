import type { PublicationAnswer } from '../../contract/dated-data.ts'
import { instantToJson } from '../../contract/instant.ts'
import type { Publication } from '../../core/catalog/publish.ts'
import type { StoredPublication } from '../store/publications.ts'

export function publicationsToJson(stored: readonly StoredPublication[]): PublicationAnswer[] {
  return stored.map(({ version: { version, effectiveAt }, published }) => {
    const { at, actor, reason } = published ?? {}
    return {
      version,
      effectiveAt: instantToJson(effectiveAt),
      ...(at !== undefined && { publishedAt: instantToJson(at) }),
      ...(actor !== undefined && { actor: { subject: actor } }),
      ...(reason !== undefined && { reason }),
    }
  })
}

/** The status of a publication: a preview and a repeat create nothing. */
export function statusOf({ isNew }: Publication, isPreview: boolean): 200 | 201 {
  return isNew && !isPreview ? 201 : 200
}
