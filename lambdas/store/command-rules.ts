import type { Account } from '../../core/account/account.ts'
import type { Context } from '../../core/catalog/context.ts'
import type { CommandKind, CommandOf, ContextOf, Decide } from '../../core/decide.ts'
import type { Entry } from '../../core/journal/entry.ts'
import type { Write } from './commit.ts'
import type { CopyItem } from './copy-item.ts'
import type { KnownEntries } from './known-entries.ts'

/** The parts of an operation that depend on the kind of its command: for all commands, or only for those of a function. */
export interface CommandRules {
  readonly decide: Decide
  /** Reads the other inputs of a command, besides its team's account and the catalog. Called for each try of an operation. */
  readonly load: <Kind extends CommandKind>(
    command: CommandOf<Kind>,
    loading: Loading<Kind>,
  ) => Promise<ContextOf<Kind>>
  /** The copies that entries of these commands, and of time, leave behind. */
  readonly copiesOf: (entries: readonly Entry[]) => readonly CopyItem[]
  /** The writes of a command besides its entries and account, each with its own condition. */
  readonly furtherWrites: <Kind extends CommandKind>(
    command: CommandOf<Kind>,
    committing: Committing<Kind>,
  ) => readonly Write[]
}

/** A command's circumstances, from which its context is loaded. */
export interface Loading<Kind extends CommandKind> {
  readonly context: Context
  /** Advanced to `context.now`. */
  readonly account: Account
  /** The account's version in the table, without the entries that time has made since. */
  readonly storedVersion: number
  /** Entries that already exist under a key of this operation. */
  readonly known: KnownEntries
  /** Entries that time has made since the account was stored, and that are not written yet. */
  readonly timely: readonly Entry[]
  /** Parts of the context that the caller has just read; empty after a lost race that may have changed them. */
  readonly given: Partial<ContextOf<Kind>>
}

/** A decision that is about to be written. */
export interface Committing<Kind extends CommandKind> {
  readonly teamId: string
  readonly context: ContextOf<Kind>
  /** The entries of the decision. */
  readonly entries: readonly Entry[]
}

/** Reads a command's context from the stores that a function has. */
export type Loader<Kind extends CommandKind, AnyStores> = (
  command: CommandOf<Kind>,
  loading: Loading<Kind>,
  stores: AnyStores,
) => ContextOf<Kind> | Promise<ContextOf<Kind>>

/** A loader for each kind of command. */
export type LoadersOn<AnyStores> = { readonly [Kind in CommandKind]: Loader<Kind, AnyStores> }
