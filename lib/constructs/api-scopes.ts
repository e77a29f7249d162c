import { ResourceServerScope, type UserPool, UserPoolResourceServer } from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'

const servers = {
  aps: { meter: 'authorize, capture and report usage' },
  hub: { read: "read one's own team", write: "change one's own team, as an admin" },
  ops: { admin: 'operate: teams, apps, rate cards, campaigns' },
} as const satisfies Record<string, Record<string, string>>

/** The scopes of the contract as resource servers. Cognito writes them with a slash: `aps/meter`. */
export class ApiScopes extends Construct {
  constructor(scope: Construct, id: string, userPool: UserPool) {
    super(scope, id)
    for (const [identifier, scopes] of Object.entries<Record<string, string>>(servers))
      new UserPoolResourceServer(this, identifier, {
        userPool,
        identifier,
        scopes: Object.entries(scopes).map(
          ([scopeName, scopeDescription]) => new ResourceServerScope({ scopeName, scopeDescription }),
        ),
      })
  }
}
