import { randomUUID } from 'node:crypto'
import type { ReversedOperation } from '../core/commands/reverse.ts'
import type { EntryOf } from '../core/journal/entry.ts'
import { totalsOf } from '../core/journal/reversal.ts'
import { openOperations } from '../lambdas/store/all-rules.ts'
import { openStores } from '../lambdas/store/stores.ts'
import { asCommandLine, CannotDo, dryRun, type Operating } from './operating.ts'
import { oneTeam } from './teams.ts'

export interface ReverseChoice {
  readonly team: string
  readonly reason: string
  /** The reversal's id; a new one by default. Repeating a run with the same id changes nothing. */
  readonly id?: string
  readonly authorization?: string
  /** Source and id of a usage event. */
  readonly event?: readonly string[]
  readonly apply?: boolean
}

/** Takes back an authorization or a usage event, or prints what that would move. Throws `CannotDo` when it is refused. */
export async function reverseUse(
  { table, now, print }: Operating,
  choice: ReverseChoice,
): Promise<EntryOf<'reversal'>> {
  const { team, reason, id = `ops-${randomUUID()}`, apply = false } = choice
  await oneTeam(table, team)
  const operation = operationOf(choice)
  const clock = { now }
  const stores = openStores(table, clock)
  const operations = openOperations(table, clock, stores)
  if (!(await stores.reversals.belongsTo(team, operation)))
    throw new CannotDo(`${team} has no such authorization or usage event.`)
  const command = { kind: 'reverse', reversalId: id, operation, reason } as const
  const result = apply
    ? await asCommandLine(() => operations.run(team, command))
    : await operations.preview(team, command)
  if (result === 'absent') throw new CannotDo(`There is no team ${team}.`)
  if ('refused' in result) throw new CannotDo(`${result.code}: ${result.because ?? 'refused'}`)
  const { entry } = 'decision' in result ? result.decision.answer : result.answer
  for (const line of linesOf(entry)) print(`${team}: ${line}`)
  print(apply ? `Taken back as ${id}.` : dryRun)
  return entry
}

function operationOf({ authorization, event }: ReverseChoice): ReversedOperation {
  const [source, id] = event ?? []
  if (authorization !== undefined && event === undefined) return { authorizationId: authorization }
  if (authorization === undefined && source !== undefined && id !== undefined) return { source, id }
  throw new CannotDo(
    'Name an authorization with --authorization, or a usage event with --event <source> <id>.',
  )
}

function linesOf(entry: EntryOf<'reversal'>): readonly string[] {
  const { meter, tokens, unbilled, creditNotes, creditUsdCents, shortfall } = entry
  return [
    `${totalsOf(entry).quantity} base units of ${meter}`,
    ...tokens.map(({ lot, milliTokens, hasLapsed }) => {
      const fate = hasLapsed ? 'have lapsed, because the lot has expired' : 'go back'
      return `${milliTokens / 1_000} tokens of ${lot.lotId} ${fate}`
    }),
    ...unbilled.map(({ period, usdCents }) => `${usd(usdCents)} leave the open bill of ${period}`),
    ...creditNotes.map(
      ({ number, period, usdCents, dueUsdCents }) =>
        `credit note ${number} for ${period}: ${usd(usdCents)}, of which ${usd(dueUsdCents)} were due`,
    ),
    ...(creditUsdCents > 0 ? [`${usd(creditUsdCents)} become credit`] : []),
    ...shortfall.map(({ units }) => `${units} units of shortfall disappear`),
  ]
}

const usd = (usdCents: number): string => `USD ${(usdCents / 100).toFixed(2)}`
