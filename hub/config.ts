/** Where the page runs, as `/config.json` says: made when the page is deployed, and by the local runtime for itself. */
export interface Config {
  /** Its `/.well-known/openid-configuration` says where people sign in. A URL without a trailing slash. */
  readonly issuer: string
  readonly clientId: string
  /** Where the API is, without a trailing slash; empty: where the page is. */
  readonly api: string
  readonly scopes: readonly string[]
  /** Whether there is a test clock to move. */
  readonly timeMachine: boolean
  /** Where to sign out, where the issuer's own description does not say: takes `client_id` and `logout_uri`. */
  readonly signOut?: string
}

/** Reads `/config.json`. Throws when it is not there. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json')
  if (!response.ok) throw new Error(`/config.json: status ${response.status}`)
  return response.json()
}
