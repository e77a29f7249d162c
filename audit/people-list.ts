import { membershipPrefix, personPrefix } from '../lambdas/store/keys.ts'
import { type ScannedTable, scanItems } from './scanned-items.ts'

const listedMax = 20

export interface FoundPerson {
  readonly email: string
  /** Ids of the teams, open invitations included. */
  readonly teamIds: readonly string[]
}

export interface FoundPeople {
  readonly people: readonly FoundPerson[]
  /** True if more people match, or if part of the table was not read. */
  readonly hasMore: boolean
}

/** Searches the whole table for people whose address, or the id of a team of theirs, contains `search`. Returns the first twenty. */
export async function findPeople(table: ScannedTable, search: string): Promise<FoundPeople> {
  const { items, isWhole } = await scanItems(table, {
    FilterExpression: 'begins_with(pk, :person) AND begins_with(sk, :team)',
    ExpressionAttributeValues: { ':person': { S: personPrefix }, ':team': { S: membershipPrefix } },
  })
  const teamsByEmail = Map.groupBy(items, ({ email }) => String(email))
  const words = search.trim().toLowerCase()
  const people = [...teamsByEmail]
    .map(([email, memberships]) => ({ email, teamIds: memberships.map(({ teamId }) => String(teamId)) }))
    .filter(({ email, teamIds }) => [email, ...teamIds].join('\n').toLowerCase().includes(words))
    .toSorted((a, b) => (a.email < b.email ? -1 : 1))
  return { people: people.slice(0, listedMax), hasMore: people.length > listedMax || !isWhole }
}
