import type { Config } from '../../config.ts'
import type { TokenSource } from './examples.ts'

/** URL of the API as a program outside this page calls it. */
export function apiOf({ api }: Config): string {
  return api === '' ? location.origin : new URL(api, location.origin).href.replace(/\/$/, '')
}

/** The source of tokens for services. Cognito writes scopes with a slash, as those of the page show. */
export function tokenSourceOf({ issuer, scopes, timeMachine }: Config): TokenSource {
  if (timeMachine) return { kind: 'local' }
  const isCognito = scopes.some((scope) => scope.includes('/'))
  return { kind: 'issuer', issuer, scope: isCognito ? 'aps/meter' : 'aps:meter' }
}
