/** Settings of the page from `/config.json`. The deployment writes that file; the local runtime serves its own. */
export interface Config {
  /** A URL without a trailing slash. Its `/.well-known/openid-configuration` names the sign-in page. */
  readonly issuer: string
  readonly clientId: string
  /** URL of the API, without a trailing slash. Empty: the API has the same origin as the page. */
  readonly api: string
  readonly scopes: readonly string[]
  /** Scopes that the operators' console requests. Default: `scopes`, where the issuer adds that of operators unasked. */
  readonly operatorScopes?: readonly string[]
  /** True if the runtime has a test clock that can be moved. */
  readonly timeMachine: boolean
  /** URL of the payment processor's page, if there is one. It takes `reference`, `team`, `return` and `language`. */
  readonly paymentPage?: string
  /** Sign-out URL, if the issuer's configuration names none. It takes `client_id` and `logout_uri`. */
  readonly signOut?: string
  /** URL of the documentation. Absent: the page has no link to it. */
  readonly docsUrl?: string
  /** URL of support, or a `mailto:` address. Absent: the page has no link to it. */
  readonly supportUrl?: string
}

/** Reads `/config.json`. Throws if it does not exist. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json')
  if (!response.ok) throw new Error(`/config.json: status ${response.status}`)
  return response.json()
}
