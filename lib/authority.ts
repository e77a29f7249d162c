/** Whose tokens the API accepts. */
export interface Authority {
  /** A URL without a trailing slash. */
  readonly issuer: string
  /** Whom a token must be meant for: one of these. Of Cognito, the ids of clients. */
  readonly audience: readonly string[]
}

/** The developer hub page as a client of the authority. */
export interface PageClient {
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Origin where codes become tokens, if it is not the issuer's. */
  readonly signIn?: string
  /** Where to sign out, if the issuer's own description does not say. */
  readonly signOut?: string
}

/** Where the issuer sends people back to, on the page's own origin. */
export const signedInPath = '/signed-in'
export const signedOutPath = '/signed-out'
