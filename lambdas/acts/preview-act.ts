import type { ActEffectAnswer, ActPreviewAnswer } from '../../contract/act-effect.ts'
import type { AnswerOf, CommandKind, CommandOf } from '../../core/decide.ts'
import { type TeamSetup, teamFacts } from '../../core/preview/team-facts.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Language } from '../../core/texts/texts-model.ts'
import { notFound, type Outcome } from '../http/outcome.ts'
import { teamFactsToJson } from '../http/team-facts-json.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'

/** The team of an act, and the language in which its preview names refusals. */
export interface Asked {
  readonly teamId: string
  readonly language: Language
}

/** The parts of a preview's answer that show the effect. */
type Shown<Answer> = ActPreviewAnswer & { readonly answer: Answer }

/**
 * The effect of a command as its operation would decide it now, without a write. `changed` are facts outside the account that
 * the command sets.
 */
export async function previewAct<Kind extends CommandKind>(
  deps: TeamDeps,
  { teamId, language, ...changed }: Asked & Partial<TeamSetup>,
  command: CommandOf<Kind>,
): Promise<Shown<AnswerOf<Kind>> | Refusal | 'absent'> {
  const [previewed, setup] = await Promise.all([
    deps.operations.preview(teamId, command),
    readSetup(deps, teamId),
  ])
  if (previewed === 'absent' || 'refused' in previewed) return previewed
  const { before, decision } = previewed
  const factsOf = (account: typeof before.account, around: TeamSetup) =>
    teamFactsToJson(teamFacts(account, around, before), language)
  const effect: ActEffectAnswer = {
    ...(before.account.version > 0 && { before: factsOf(before.account, setup) }),
    after: factsOf(decision.account, { ...setup, ...changed }),
  }
  return { status: 'preview', effect, answer: decision.answer }
}

/** The effect of a change of the team's apps or people, which its account does not contain. */
export async function previewSetup(
  deps: TeamDeps,
  { teamId, language }: Asked,
  change: (setup: TeamSetup) => TeamSetup | Refusal,
): Promise<ActPreviewAnswer | Refusal | 'absent'> {
  const [seen, setup] = await Promise.all([deps.operations.look(teamId), readSetup(deps, teamId)])
  if (seen === undefined) return 'absent'
  const changed = change(setup)
  if ('refused' in changed) return changed
  const factsOf = (around: TeamSetup) => teamFactsToJson(teamFacts(seen.account, around, seen), language)
  return { status: 'preview', effect: { before: factsOf(setup), after: factsOf(changed) } }
}

/** A preview as the outcome of its call, after the other fields of the call's answer. */
export function previewOutcome(shown: ActPreviewAnswer | Refusal | 'absent', body: object = {}): Outcome {
  if (shown === 'absent') return notFound
  if ('refused' in shown) return shown
  const { status, effect } = shown
  return { status: 200, body: { ...body, status, effect } }
}

async function readSetup({ teams, apps, members }: TeamDeps, teamId: string): Promise<TeamSetup> {
  const [team, ofTeam, people] = await Promise.all([
    teams.find(teamId),
    apps.ofTeam(teamId),
    members.list(teamId),
  ])
  return { name: team?.name ?? '', apps: ofTeam, members: people }
}
