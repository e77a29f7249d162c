import { expect, test } from 'vitest'
import { securityHeaders } from '../../contract/security-headers.ts'

const pool = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc'

test('the page may run and load its own files only, and ask its own origin and the issuer', () => {
  expect(
    securityHeaders({ issuer: pool, signIn: 'https://hub.example.com/' })['content-security-policy'],
  ).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; " +
      "connect-src 'self' https://cognito-idp.eu-west-1.amazonaws.com https://hub.example.com; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  )
})

test('an issuer that also trades the codes is named once', () => {
  const { 'content-security-policy': policy } = securityHeaders({ issuer: pool, signIn: `${pool}/token` })
  expect(policy).toContain("connect-src 'self' https://cognito-idp.eu-west-1.amazonaws.com;")
})

test('no browser guesses types, frames the page or hands on its address', () => {
  expect(securityHeaders({ issuer: pool })).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
})

test('HTTPS is insisted on where the page is served by it, and only there', () => {
  expect(securityHeaders({ issuer: pool })).not.toHaveProperty('strict-transport-security')
  expect(securityHeaders({ issuer: pool, isHttpsOnly: true })['strict-transport-security']).toMatch(
    /^max-age=63072000/,
  )
})

test('a text that is no URL cannot widen the policy', () => {
  expect(() => securityHeaders({ issuer: "'unsafe-inline'" })).toThrow('not an http(s) URL')
  expect(securityHeaders({ issuer: 'https://a.example; script-src *' })['content-security-policy']).toContain(
    "connect-src 'self' https://a.example; base-uri",
  )
})
