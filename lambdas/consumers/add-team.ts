import * as v from 'valibot'
import { operatorsGroup, readEnv } from '../runtime/env.ts'
import { toHandler } from '../runtime/handler.ts'
import { type Membership, MembershipStore } from '../store/memberships.ts'
import { openTable } from '../store/table.ts'

/** The used part of Cognito's pre-token-generation event, versions 2 and 3. All values of user attributes are texts. */
const TokenEvent = v.looseObject({
  version: v.picklist(['2', '3']),
  request: v.looseObject({
    userAttributes: v.looseObject({
      email: v.optional(v.string()),
      email_verified: v.optional(v.string()),
    }),
    groupConfiguration: v.optional(v.looseObject({ groupsToOverride: v.nullish(v.array(v.string())) })),
  }),
})

/** The scope of operators, as Cognito writes it. */
const operatorScope = 'ops/admin'

interface Claims {
  readonly claimsToAddOrOverride?: { readonly team: string; readonly role: string }
}

/** The part of the answer that Cognito puts into its tokens. */
interface Overrides {
  readonly claimsAndScopeOverrideDetails: null | {
    readonly idTokenGeneration: Claims
    readonly accessTokenGeneration: Claims & { readonly scopesToAdd?: readonly string[] }
  }
}

/**
 * Adds a person's team and role to their tokens, by their verified e-mail address. Cognito calls it again whenever tokens are
 * renewed. A member of no team gets tokens without a team, which every call of a team answers with 404. Members of the
 * operators' group get the scope of operators, in a team or not. Throws if the table cannot be read: Cognito then issues no
 * tokens.
 */
export function addTeam(memberships: Pick<MembershipStore, 'ofEmail'>) {
  return async <Event extends object>(event: Event): Promise<Event & { response: Overrides }> => {
    const { userAttributes, groupConfiguration } = v.parse(TokenEvent, event).request
    const { email, email_verified } = userAttributes
    const isKnown = email !== undefined && email_verified === 'true'
    const membership = isKnown ? oldestOf(await memberships.ofEmail(email)) : undefined
    const isOperator = groupConfiguration?.groupsToOverride?.includes(operatorsGroup) === true
    return { ...event, response: overridesOf(membership, isOperator) }
  }
}

/** A person in several teams belongs to the first one; of two at the same instant, to the one whose id comes first. */
function oldestOf(memberships: readonly Membership[]): Membership | undefined {
  return memberships.toSorted((a, b) => a.since - b.since || (a.teamId < b.teamId ? -1 : 1))[0]
}

function overridesOf(membership: Membership | undefined, isOperator: boolean): Overrides {
  if (membership === undefined && !isOperator) return { claimsAndScopeOverrideDetails: null }
  const claims: Claims =
    membership === undefined
      ? {}
      : { claimsToAddOrOverride: { team: membership.teamId, role: membership.role } }
  const scopes = isOperator ? { scopesToAdd: [operatorScope] } : {}
  const accessTokenGeneration = { ...claims, ...scopes }
  return { claimsAndScopeOverrideDetails: { idTokenGeneration: claims, accessTokenGeneration } }
}

export const handler = toHandler('add-team', addTeam(new MembershipStore(openTable(readEnv().tableName))))
