import type { CommandKind, CommandOf, ContextOf } from '../../core/decide.ts'
import type { Entry } from '../../core/journal/entry.ts'
import type { Write } from './commit.ts'
import type { Stores } from './stores.ts'

interface Committing<Kind extends CommandKind> {
  readonly stores: Stores
  readonly teamId: string
  readonly context: ContextOf<Kind>
  /** The entries of the decision. */
  readonly entries: readonly Entry[]
}

type Writers = {
  readonly [Kind in CommandKind]?: (
    command: CommandOf<Kind>,
    committing: Committing<Kind>,
  ) => readonly Write[]
}

/** Names, and the hub of an app, are in no account: their items are written together with the entry that states them. */
const writers: Writers = {
  'register-team': ({ name }, { stores, teamId, context, entries }) => [
    ...(context.today === name ? [] : [stores.teams.naming(teamId, 'name', name)]),
    ...entries.flatMap((entry) =>
      entry.kind === 'team-changed' && entry.teamVersion === entry.version
        ? [stores.teams.keepingName(teamId, { version: entry.version, name })]
        : [],
    ),
  ],
  'name-hub': ({ name }, { stores, teamId }) => [stores.teams.naming(teamId, 'hubName', name)],
  reverse: ({ reversalId, operation }, { stores, teamId }) => [
    stores.reversals.naming(teamId, reversalId, operation),
  ],
  'move-app': ({ appId }, { stores, teamId }) => stores.apps.moving(teamId, appId),
}

/** The writes of a command besides its entries and account, each with its own condition. */
export function furtherWrites<Kind extends CommandKind>(
  command: CommandOf<Kind>,
  committing: Committing<Kind>,
): readonly Write[] {
  const write: Writers[Kind] = writers[command.kind]
  return write === undefined ? [] : write(command, committing)
}
