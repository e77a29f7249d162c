import type { Catalog } from '../../core/catalog/catalog.ts'
import type { Publication } from '../../core/catalog/publish.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Clock } from '../runtime/clock.ts'
import { currentActor } from '../runtime/invocation.ts'
import type { CatalogStore } from './catalog.ts'
import type { DatedKind } from './keys.ts'

export interface Publishing<Kind extends DatedKind> {
  readonly kind: Kind
  readonly version: Catalog[Kind][number]
  readonly reason: string | undefined
  /** True: the version is only checked. */
  readonly isPreview: boolean
}

/** Publishes a version of dated data with its operator and reason, or only decides about it. */
export function publishVersion<Kind extends DatedKind>(
  { catalog, clock }: { readonly catalog: CatalogStore; readonly clock: Clock },
  { kind, version, reason, isPreview }: Publishing<Kind>,
): Promise<Publication | Refusal> {
  if (isPreview) return catalog.decide(kind, version)
  const actor = currentActor()?.subject
  const published = {
    at: clock.now(),
    ...(actor !== undefined && { actor }),
    ...(reason !== undefined && { reason }),
  }
  return catalog.publish(kind, version, published)
}
