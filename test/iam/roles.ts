import { runSimulation } from '@cloud-copilot/iam-simulate'
import { account, type Templates } from './templates.ts'

/** One thing that a role is allowed, or that somebody does with it. */
export interface Access {
  readonly action: string
  /** An ARN, or `*` where the action has no resources. */
  readonly resource: string
}

export interface Statement {
  readonly Effect: string
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: unknown
}

export interface Role {
  readonly id: string
  readonly statements: readonly Statement[]
  readonly managedPolicies: readonly unknown[]
}

/** Every role of the templates with all its policies, inline and attached. */
export function rolesOf(templates: Templates): readonly Role[] {
  const attached = templates.ofType('AWS::IAM::Policy').map(({ properties }) => {
    return { roles: properties.Roles as readonly string[], document: properties.PolicyDocument }
  })
  return templates.ofType('AWS::IAM::Role').map(({ id, properties }) => {
    const inline = (properties.Policies ?? []) as readonly { PolicyDocument: unknown }[]
    const documents = [
      ...inline.map(({ PolicyDocument }) => PolicyDocument),
      ...attached.filter(({ roles }) => roles.includes(id)).map(({ document }) => document),
    ]
    return {
      id,
      statements: documents.flatMap((document) =>
        [(document as { Statement: Statement[] }).Statement].flat(),
      ),
      managedPolicies: (properties.ManagedPolicyArns ?? []) as readonly unknown[],
    }
  })
}

/** Allowances of a role, one per action and resource. */
export function allowances({ statements }: Role): readonly Access[] {
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource }))),
    )
}

/** Reports if the policies of a role allow an access. Throws if the access makes no sense to IAM. */
export async function isAllowed(statements: readonly Statement[], access: Access): Promise<boolean> {
  const Statement = statements.map(({ Effect, Action, Resource }) => ({ Effect, Action, Resource }))
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account}:role/caller`,
        action: access.action,
        resource: { resource: access.resource, accountId: account },
        contextVariables: {},
      },
      identityPolicies: [{ name: 'policy', policy: { Version: '2012-10-17', Statement } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  )
  if (result.resultType === 'error')
    throw new Error(`${access.action} ${access.resource}: ${JSON.stringify(result.errors)}`)
  return result.overallResult === 'Allowed'
}

export function textOf({ action, resource }: Access): string {
  return `${action} ${resource}`
}
