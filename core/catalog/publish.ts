import { type Refusal, refuse } from '../refusal.ts'
import { dayMs, type Instant } from '../time/time.ts'
import type { Version } from './versions.ts'

/** Open authorizations count on what is known until they end, so no version is a surprise to them. */
export const noticeMinMs = dayMs
export const noticeUsualMs = 90 * dayMs

/** The most versions of one kind, so that the whole catalog is read at once. */
const versionsMax = 150

export interface Publication {
  /** False if the identical version was published before. */
  readonly isNew: boolean
  readonly isShortNotice: boolean
}

/** The refusals of a kind of dated data. */
export interface PublishRefusals {
  readonly exists: 'RATE_CARD_EXISTS' | 'CATALOG_VERSION_EXISTS'
  readonly tooSoon: 'RATE_CARD_TOO_SOON' | 'CATALOG_VERSION_TOO_SOON'
}

const usualRefusals: PublishRefusals = {
  exists: 'CATALOG_VERSION_EXISTS',
  tooSoon: 'CATALOG_VERSION_TOO_SOON',
}

/** Decides whether a version may be published, at least 24 hours ahead of its first instant. A published version never changes. */
export function publish<V extends Version>(
  published: readonly V[],
  version: V,
  now: Instant,
  { exists, tooSoon }: PublishRefusals = usualRefusals,
): Publication | Refusal {
  const earlier = published.find((other) => other.version === version.version)
  if (earlier !== undefined && textOf(earlier) !== textOf(version)) return refuse(exists)
  if (earlier === undefined && published.length >= versionsMax) return refuse('TOO_MANY_VERSIONS')
  const noticeMs = version.effectiveAt - now
  if (earlier === undefined && noticeMs < noticeMinMs) return refuse(tooSoon)
  return { isNew: earlier === undefined, isShortNotice: noticeMs < noticeUsualMs }
}

/** The content as one text, which does not depend on the order of its fields. */
function textOf(content: unknown): string {
  return JSON.stringify(content, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
