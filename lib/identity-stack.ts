import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { UserPool } from 'aws-cdk-lib/aws-cognito'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { Construct } from 'constructs'
import type { Authority, Identity, PageClient } from './authority.ts'
import type { Config } from './config.ts'
import { ApiScopes } from './constructs/api-scopes.ts'
import { Handler } from './constructs/handler.ts'
import { MachineClient } from './constructs/machine-client.ts'
import { PageSignIn, pageScopes } from './constructs/page-sign-in.ts'
import { People } from './constructs/people.ts'

export interface IdentityStackProps extends StackProps {
  readonly config: Config
  /** Folder with a bundle per function. */
  readonly bundles: string
  readonly table: ITable
}

/** A page on the developer's machine. Cognito allows plain HTTP only for `localhost`. */
const localOrigin = 'http://localhost:8787'

/** The identities of people, services and operators if no other issuer is given: a user pool and its clients. */
export class IdentityStack extends Stack implements Identity {
  readonly userPool: UserPool
  readonly authority: Authority
  readonly pageClient: PageClient

  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id, props)
    const addPerson = new Handler(this, 'AddPerson', { ...props, name: 'add-person' })
    const { userPool, domain } = new People(this, 'People', { config: props.config, addPerson })
    this.userPool = userPool
    const scopes = new ApiScopes(this, 'Scopes', userPool)
    const page = new PageSignIn(this, 'Page', { userPool, origins: originsOf(props.config) })
    // A service's token lasts half a day, because Cognito charges per token.
    const service = new MachineClient(this, 'Service', { userPool, scope: 'aps/meter', tokenHours: 12 })
    const operator = new MachineClient(this, 'Operator', { userPool, scope: 'ops/admin', tokenHours: 1 })
    for (const client of [page, service, operator]) client.node.addDependency(scopes)
    this.authority = {
      issuer: `https://cognito-idp.${this.region}.${this.urlSuffix}/${userPool.userPoolId}`,
      audience: [page.clientId, service.clientId, operator.clientId],
    }
    const signIn = domain.baseUrl()
    this.pageClient = { clientId: page.clientId, scopes: pageScopes, signIn, signOut: `${signIn}/logout` }
    this.addOutputs({
      UserPoolId: userPool.userPoolId,
      Issuer: this.authority.issuer,
      TokenUrl: `${signIn}/oauth2/token`,
      PageClientId: page.clientId,
      ServiceClientId: service.clientId,
      OperatorClientId: operator.clientId,
    })
  }

  private addOutputs(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value })
  }
}

/**
 * Origins of the page. Without a configured domain, CloudFront chooses the address, and the site's stack then sets it in
 * this client. Until then, the page on the developer's machine takes its place.
 */
function originsOf({ domain, isProtected }: Config): readonly string[] {
  const own = domain === undefined ? [] : [`https://${domain}`]
  return isProtected && domain !== undefined ? own : [...own, localOrigin]
}
