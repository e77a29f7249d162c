/** The part of negotiator that reads `Accept-Language`. Its main file links the readers of three more headers. */
declare module 'negotiator/lib/language.js' {
  /** The languages that the header accepts, of those provided, best first. */
  export function preferredLanguages(accept: string | undefined, provided: readonly string[]): string[]
}
