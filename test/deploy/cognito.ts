import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { emailOf, type Who } from '../end-to-end/target.ts'
import type { Emulator } from './emulator.ts'

export const IdentityOutputs = v.object({
  UserPoolId: v.string(),
  PageClientId: v.string(),
  ServiceClientId: v.string(),
  OperatorClientId: v.string(),
})
export type IdentityOutputs = v.InferOutput<typeof IdentityOutputs>

const Client = v.object({
  UserPoolClient: v.object({
    ClientSecret: v.optional(v.string(), ''),
    CallbackURLs: v.optional(v.array(v.string()), []),
    AllowedOAuthScopes: v.array(v.string()),
  }),
})
const Tokens = v.object({ access_token: v.string() })
const password = 'End-to-end-2026'

/**
 * Gets tokens of the deployed user pool as their owners do: services and operators by their client's secret, people by
 * signing in on Cognito's page and exchanging the page's code. The API knows the team of each person from earlier calls.
 */
export class CognitoTokens {
  private readonly url: string
  private readonly outputs: IdentityOutputs
  private readonly tokens = new Map<string, Promise<string>>()

  constructor(emulator: Emulator, outputs: IdentityOutputs) {
    this.url = emulator.url
    this.outputs = outputs
  }

  tokenFor(who: Who): Promise<string> {
    const key = JSON.stringify(who)
    const known = this.tokens.get(key)
    if (known !== undefined) return known
    const token = this.ask(who)
    this.tokens.set(key, token)
    return token
  }

  private ask(who: Who): Promise<string> {
    if (who === 'service') return this.ofMachine(this.outputs.ServiceClientId)
    if (who === 'operator') return this.ofMachine(this.outputs.OperatorClientId)
    return this.ofPerson(emailOf(who))
  }

  private async ofMachine(clientId: string): Promise<string> {
    const { ClientSecret } = await this.client(clientId)
    const basic = Buffer.from(`${clientId}:${ClientSecret}`).toString('base64')
    return this.exchange({ grant_type: 'client_credentials' }, { authorization: `Basic ${basic}` })
  }

  private async ofPerson(email: string): Promise<string> {
    const { UserPoolId, PageClientId: client_id } = this.outputs
    await this.pool('AdminCreateUser', {
      UserPoolId,
      Username: email,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
    })
    await this.pool('AdminSetUserPassword', {
      UserPoolId,
      Username: email,
      Password: password,
      Permanent: true,
    })
    const { CallbackURLs, AllowedOAuthScopes } = await this.client(client_id)
    const [redirect_uri = ''] = CallbackURLs
    const code_verifier = randomBytes(32).toString('base64url')
    const code = await this.signIn(email, {
      client_id,
      redirect_uri,
      response_type: 'code',
      scope: AllowedOAuthScopes.join(' '),
      code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    return this.exchange({ grant_type: 'authorization_code', code, client_id, redirect_uri, code_verifier })
  }

  /** Fills in the form that a browser is shown; the code is in the address that it is then sent to. */
  private async signIn(username: string, request: Record<string, string>): Promise<string> {
    const shown = await fetch(`${this.url}/oauth2/authorize?${new URLSearchParams(request)}`)
    if (!(await shown.text()).includes('type="password"')) throw new Error('no form to sign in with')
    const body = new URLSearchParams({ ...request, username, password })
    const sent = await fetch(`${this.url}/login`, { method: 'POST', body, redirect: 'manual' })
    const code = new URL(sent.headers.get('location') ?? 'none:').searchParams.get('code')
    if (code === null) throw new Error(`${username} could not sign in: ${sent.status}`)
    return code
  }

  private async exchange(
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<string> {
    const sent = { method: 'POST', headers, body: new URLSearchParams(form) }
    const answer = await fetch(`${this.url}/oauth2/token`, sent)
    if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`)
    return v.parse(Tokens, await answer.json()).access_token
  }

  private async client(ClientId: string) {
    const { UserPoolId } = this.outputs
    return v.parse(Client, await this.pool('DescribeUserPoolClient', { UserPoolId, ClientId })).UserPoolClient
  }

  /** One call of the user pool's own API, for which there is no client among our packages. */
  private async pool(action: string, input: object): Promise<unknown> {
    const credential = 'Credential=test/20260101/us-east-1/cognito-idp/aws4_request'
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
        authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(input),
    })
    if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
}
