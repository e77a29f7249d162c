import { parse } from 'content-type'

/** The media type of a header or an attribute, in lower case and without parameters. Any text that is none is returned, too. */
export function mediaTypeOf(text: string): string {
  return parse(text, { parameters: false }).type
}
