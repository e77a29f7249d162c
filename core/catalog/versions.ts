import type { Instant } from '../time/time.ts'

/** One version of dated data. A published version never changes. */
export interface Version {
  readonly version: string
  /** The instant from which it is in force, until the next version. */
  readonly effectiveAt: Instant
}

/** The version in force at an instant; before the first one, the first one, because the launch was announced before it began. */
export function versionAt<V extends Version>(versions: readonly V[], at: Instant): V | undefined {
  return versions.findLast(({ effectiveAt }) => effectiveAt <= at) ?? versions[0]
}

/** The versions that take effect after an instant, and that are not the one in force. */
export function versionsAfter<V extends Version>(versions: readonly V[], at: Instant): readonly V[] {
  return versions.filter((version) => version.effectiveAt > at && version !== versionAt(versions, at))
}
