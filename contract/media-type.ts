import { isTypeValid, parse } from 'content-type'

/** The media type in lower case, without parameters; undefined if the text does not follow the grammar of RFC 9110. */
export function mediaTypeOf(text: string): string | undefined {
  const { type } = parse(text, { parameters: false })
  return isTypeValid(type) ? type : undefined
}
