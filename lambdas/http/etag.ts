import { createHash } from 'node:crypto'

const digestCharsMax = 22
const tagPattern = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/**
 * The entity tag (RFC 9110) of an answer's body: equal bodies have equal tags. The order of an object's fields does not
 * count, because the table does not keep it.
 */
export function etagOf(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body, sortFields)
  return `"${createHash('sha256').update(text).digest('base64url').slice(0, digestCharsMax)}"`
}

function sortFields(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** True if `If-None-Match` names the tag or is `*`. Weak and strong tags are compared alike. */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  return tagsIn(ifNoneMatch).some((tag) => tag.opaque === '*' || tag.opaque === etag.replace(/^W\//, ''))
}

/** False if `If-Match` is sent and does not name the strong tag of the document as it is now. A weak tag never matches. */
export function isExpected(ifMatch: string | undefined, etag: string): boolean {
  if (ifMatch === undefined) return true
  return tagsIn(ifMatch).some((tag) => tag.opaque === '*' || (!tag.isWeak && tag.opaque === etag))
}

function tagsIn(header = ''): readonly { readonly opaque: string; readonly isWeak: boolean }[] {
  if (header.trim() === '*') return [{ opaque: '*', isWeak: false }]
  return [...header.matchAll(tagPattern)].map(([, weak, opaque = '']) => ({
    opaque,
    isWeak: weak !== undefined,
  }))
}
