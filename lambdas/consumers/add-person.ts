import * as v from 'valibot'
import { operatorsGroup } from '../runtime/env.ts'
import { toHandler } from '../runtime/handler.ts'

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
  readonly claimsToAddOrOverride?: Readonly<Record<string, string>>
}

/** The part of the answer that Cognito puts into its tokens. */
interface Overrides {
  readonly claimsAndScopeOverrideDetails: null | {
    readonly idTokenGeneration: Claims
    readonly accessTokenGeneration: Claims & { readonly scopesToAdd?: readonly string[] }
  }
}

/**
 * Adds a person's verified e-mail address to their tokens as the claim `person`, and says nothing of teams: the API looks
 * the role in each team up by the address. Cognito calls it again whenever tokens are renewed. Members of the operators'
 * group get the scope of operators, in a team or not.
 */
export async function addPerson<Event extends object>(
  event: Event,
): Promise<Event & { response: Overrides }> {
  const { userAttributes, groupConfiguration } = v.parse(TokenEvent, event).request
  const { email, email_verified } = userAttributes
  const isKnown = email !== undefined && email_verified === 'true'
  const isOperator = groupConfiguration?.groupsToOverride?.includes(operatorsGroup) === true
  return { ...event, response: overridesOf(isKnown ? email.toLowerCase() : undefined, isOperator) }
}

function overridesOf(person: string | undefined, isOperator: boolean): Overrides {
  if (person === undefined && !isOperator) return { claimsAndScopeOverrideDetails: null }
  const claims: Claims = person === undefined ? {} : { claimsToAddOrOverride: { person } }
  const scopes = isOperator ? { scopesToAdd: [operatorScope] } : {}
  const accessTokenGeneration = { ...claims, ...scopes }
  return { claimsAndScopeOverrideDetails: { idTokenGeneration: claims, accessTokenGeneration } }
}

export const handler = toHandler('add-person', addPerson)
