import type { Version } from '../../core/catalog/versions.ts'
import type { Instant } from '../../core/time/time.ts'
import { readable } from './item-version.ts'
import { catalogPk, type DatedKind, versionKey } from './keys.ts'
import { queryItems, type Table } from './table.ts'

/** The operator who published a version, the time and the reason. */
export interface PublishedBy {
  readonly at: Instant
  readonly actor?: string
  readonly reason?: string
}

export interface StoredPublication {
  readonly version: Version
  /** Absent for the launch's own versions. */
  readonly published?: PublishedBy
}

/** More versions of a kind cannot be published. */
const versionsMax = 150

/** All versions of a kind with who published them, the latest first. */
export async function listPublications(table: Table, kind: DatedKind): Promise<readonly StoredPublication[]> {
  const { sk } = versionKey(kind, 'x')
  const prefix = sk.slice(0, sk.indexOf('#') + 1)
  const items = await queryItems(table, { pk: catalogPk, prefix, limit: versionsMax })
  return items
    .map((item) => {
      const { value, published } = readable('catalog item', item)
      const by = published as PublishedBy | undefined
      return { version: value as Version, ...(by !== undefined && { published: by }) }
    })
    .toSorted((a, b) => b.version.effectiveAt - a.version.effectiveAt)
}
