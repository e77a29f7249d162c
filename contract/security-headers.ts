/** The place of the developer hub page, and the origins that it may call. */
export interface PageSurroundings {
  /**
   * Issuer of the tokens; the page may call its origin (discovery, keys). A URL, or a text that begins like
   * one.
   */
  readonly issuer: string
  /** The origin at which the issuer trades codes for tokens, if not its own (Cognito: the domain of its sign-in page). */
  readonly signIn?: string
  /** Makes browsers come by HTTPS only. Default: false, as on one machine. */
  readonly isHttpsOnly?: boolean
}

const twoYearsSeconds = 63_072_000

/**
 * The headers of every file of the page, with names in lower case. CloudFront and the local runtime both use
 * this table. It allows no inline script, no inline style and nothing from other origins. The URLs may
 * contain intrinsic values of a template, so they are cut and not parsed.
 */
export function securityHeaders(surroundings: PageSurroundings): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(surroundings),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...(surroundings.isHttpsOnly && {
      'strict-transport-security': `max-age=${twoYearsSeconds}; includeSubDomains`,
    }),
  }
}

function contentSecurityPolicy({ issuer, signIn }: PageSurroundings): string {
  const asked = [issuer, ...(signIn === undefined ? [] : [signIn])].map(originOf)
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `font-src 'self'`,
    `img-src 'self'`,
    `connect-src ${["'self'", ...new Set(asked)].join(' ')}`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

function originOf(url: string): string {
  const origin = /^https?:\/\/[^/\s;,]+/.exec(url)?.[0]
  if (origin === undefined) throw new Error(`${url} is not an http(s) URL`)
  return origin
}
