import type { CommandKind, CommandOf } from '../../core/decide.ts'
import type { Committing } from './command-rules.ts'
import type { Write } from './commit.ts'
import type { Stores } from './stores.ts'

export type Writers = {
  readonly [Kind in CommandKind]?: (
    command: CommandOf<Kind>,
    committing: Committing<Kind>,
    stores: Stores,
  ) => readonly Write[]
}

/** Names, and the hub of an app, are in no account: their items are written together with the entry that states them. */
export const writers: Writers = {
  'register-team': ({ name }, { teamId, context, entries }, stores) => [
    ...(context.today === name ? [] : [stores.teams.naming(teamId, 'name', name)]),
    ...entries.flatMap((entry) =>
      entry.kind === 'team-changed' && entry.teamVersion === entry.version
        ? [stores.teams.keepingName(teamId, { version: entry.version, name })]
        : [],
    ),
  ],
  'name-hub': ({ name }, { teamId }, stores) => [stores.teams.naming(teamId, 'hubName', name)],
  reverse: ({ reversalId, operation }, { teamId }, stores) => [
    stores.reversals.naming(teamId, reversalId, operation),
  ],
  'make-budget': ({ keyHash, budgetId, appId, endsAt }, { teamId }, stores) => [
    stores.budgetKeys.storing(keyHash, { teamId, budgetId, appId, endsAt }),
  ],
  'check-alerts': (_, { context, entries }, stores) => [stores.alerts.noting(context.watched, entries)],
  'move-app': ({ appId }, { teamId }, stores) => stores.apps.moving(teamId, appId),
}
