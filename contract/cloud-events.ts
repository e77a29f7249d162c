type Headers = Readonly<Record<string, string | undefined>>

/** Media types in which CloudEvents arrive; `application/json` is read by its shape. */
export const cloudEventTypes = [
  'application/cloudevents-batch+json',
  'application/cloudevents+json',
  'application/json',
] as const

const prefix = 'ce-'

/**
 * The body as one event or a list of events, in any of the three HTTP modes of CloudEvents 1.0: binary if
 * `ce-specversion` is sent (the attributes are in headers, the body is the data), otherwise an object (structured) or a
 * list (batch). Header names must be in lower case.
 */
export function cloudEventsOf(json: unknown, headers: Headers): unknown {
  if (headers[`${prefix}specversion`] === undefined) return json
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), attributeOf(value)]] : [],
  )
  return { ...Object.fromEntries(sent), datacontenttype: headers['content-type'], data: json }
}

/** A header's value without the quotes and the percent-encoding that the HTTP binding allows. */
function attributeOf(value: string): string {
  const quoted = /^"(.*)"$/.exec(value)?.[1]
  const text = quoted?.replace(/\\(.)/g, '$1') ?? value
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
