import type { IUserPool } from 'aws-cdk-lib/aws-cognito'
import type { Config } from './config.ts'

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

/** Who signs people, services and operators in. */
export interface Identity {
  readonly authority: Authority
  readonly pageClient: PageClient
  /** Where the page's client is, unless the issuer is another than ours. */
  readonly userPool?: IUserPool
}

/** An issuer that was there before; the page's client is registered with it by whoever runs it. */
export function givenIdentity(issuer: string, { audience, pageClient }: Config): Identity {
  const scopes = ['openid', 'hub:read', 'hub:write']
  return { authority: { issuer, audience: [audience] }, pageClient: { clientId: pageClient, scopes } }
}

/** Where the issuer sends people back to, on the page's own origin. */
export const signedInPath = '/signed-in'
export const signedOutPath = '/signed-out'
