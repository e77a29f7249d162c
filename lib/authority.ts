import type { IUserPool } from 'aws-cdk-lib/aws-cognito'
import type { Config } from './config.ts'

/** The issuer whose tokens the API accepts. */
export interface Authority {
  /** A URL without a trailing slash. */
  readonly issuer: string
  /** Accepted audiences: a token must have one of these. With Cognito they are ids of clients. */
  readonly audience: readonly string[]
}

/** The developer hub page as a client of the authority. */
export interface PageClient {
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Scopes that the operators' console requests, if the issuer gives that of operators only to those who ask for it. */
  readonly operatorScopes?: readonly string[]
  /** Origin of the token endpoint, if it is not the issuer's. */
  readonly signIn?: string
  /** Sign-out URL, if the issuer's configuration names none. */
  readonly signOut?: string
}

/** The sign-in of people, services and operators. */
export interface Identity {
  readonly authority: Authority
  readonly pageClient: PageClient
  /** The user pool of the page's client. Undefined with an external issuer. */
  readonly userPool?: IUserPool
}

/** An existing issuer. Its operators register the page's client with it. */
export function givenIdentity(issuer: string, { audience, pageClient }: Config): Identity {
  const scopes = ['openid', 'hub:read', 'hub:write']
  const operatorScopes = [...scopes, 'ops:admin']
  return {
    authority: { issuer, audience: [audience] },
    pageClient: { clientId: pageClient, scopes, operatorScopes },
  }
}

/** The path to which the issuer sends people back, on the page's own origin. */
export const signedInPath = '/signed-in'
export const signedOutPath = '/signed-out'
