import { instantToJson } from '../../contract/instant.ts'
import { listTeams as call, type ListedTeamAnswer, type TeamsAnswer } from '../../contract/list-teams.ts'
import { sayToPeople } from '../../contract/people-messages.ts'
import { termsAt } from '../../core/account/account.ts'
import { queryWords } from '../../core/directory/words.ts'
import type { Instant } from '../../core/time/time.ts'
import { type FoundTeam, TeamSearch } from '../directory/team-search.ts'
import { badRequest, type Outcome } from '../http/outcome.ts'
import { route } from '../http/route.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** The place of an exact team, or a key of a list. */
const mark = /^(=|[^#]{0,64}#)[A-Za-z0-9._-]{1,64}$/u
const appId = /^[A-Za-z0-9._-]{1,64}$/

/** Lists the teams that a support person looks for. States and amounts are those of now; the search is seconds behind. */
export function listTeams(deps: TeamDeps) {
  const search = new TeamSearch(deps.table)
  return route(call, async ({ query: { query = '', state, cursor, limit } }): Promise<Outcome> => {
    const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8')
    if (after !== undefined && !mark.test(after))
      return badRequest({ pointer: '/query/cursor', message: sayToPeople('cursor') })
    const now = deps.clock.now()
    const [exact, catalog] = await Promise.all([exactTeams(deps, query.trim()), deps.catalog.get()])
    const ask = { words: queryWords(query), exact, state, after, limit }
    const { teams, next } = await search.find(ask, catalog, now)
    const body: TeamsAnswer = {
      teams: teams.map((team) => teamToJson(team, now)),
      ...(next !== undefined && { cursor: Buffer.from(next, 'utf8').toString('base64url') }),
    }
    return { status: 200, body }
  })
}

/** The team of the app with this very id, or the teams of this address. */
async function exactTeams(deps: TeamDeps, query: string): Promise<readonly string[]> {
  if (query.includes('@')) return (await deps.memberships.ofEmail(query)).map(({ teamId }) => teamId)
  const app = appId.test(query) ? await deps.apps.find(query) : undefined
  return app === undefined ? [] : [app.teamId]
}

function teamToJson({ row, account, states }: FoundTeam, now: Instant): ListedTeamAnswer {
  const { plan, payAsYouGo } = termsAt(account, now)
  const { overdueSince } = account
  return {
    teamId: row.teamId,
    name: row.name,
    country: account.profile.country,
    plan,
    payAsYouGo,
    states: [...states],
    apps: row.apps,
    appsOutsideHub: row.appsOutsideHub,
    admins: row.admins,
    openInvitations: row.invitations,
    ...(overdueSince !== undefined && { overdueSince: instantToJson(overdueSince) }),
    owedUsdCents: account.dues.reduce((sum, { usdCents }) => sum + usdCents, 0),
  }
}
