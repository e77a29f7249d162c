/** A version that the service has checked or published, of any kind of dated data. */
export interface Published {
  readonly version: string
  readonly effectiveAt: string
  readonly warnings: readonly { readonly title: string; readonly detail: string }[]
  readonly ends?: readonly string[]
}
