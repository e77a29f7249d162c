/** Servers differ in whether they resolve such segments, and in whether a backslash separates segments. */
const unclear = /^[^?#]*(?:\\|\/(?:\.|%2e){1,2}(?:[/?#]|$))/i

/** The address of the server in front of the path, as requests through a proxy have it. */
const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i

/**
 * The path that the service sees, or undefined where another server would read another one. It has no address in front and no
 * doubled slashes, since a router may ignore both: otherwise a caller could pass unmetered.
 */
export function clearPath(path: string): string | undefined {
  return unclear.test(path) ? undefined : path.replace(origin, '').replace(/\/{2,}/g, '/')
}
