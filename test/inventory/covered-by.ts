/** A test of the earlier suite that has another name today, and the test that covers it. */
export interface Covered {
  /** Full name in `before.json`, or the pattern of several. */
  readonly was: string | RegExp
  /** Full name of a test of today. */
  readonly by: string
}

const rules = 'the rules say no >'

/**
 * Tests that others cover. Tests that only move to another file need no row, and tests that only have another name are in
 * `renamed.json`: `npm run inventory -- --renames` proposes it, and you read what has changed.
 */
export const coveredTests: readonly Covered[] = [
  {
    was: /: a developer reads and does not change$/,
    by: "another team's data > getTeam: a developer reads use and limits, and does not change",
  },
  {
    was: 'the first entry since an instant is found by halving, not by reading all that came after it',
    by: 'a filter of a statement of 20,000 entries > finds exactly the entries of one day, and stops behind it',
  },
  // The rules of imports are shown with the files that there are.
  { was: /^the rules say no > core\/time\.ts: /, by: `${rules} core/time/time.ts: import 'node:fs'` },
  {
    was: /^the rules say no > lambdas\/store\/table\.ts: /,
    by: `${rules} lambdas/store/table.ts: import { handler } from '../consumers/sweep.ts'`,
  },
  {
    was: /^the rules say no > lambdas\/routes\.ts: /,
    by: `${rules} contract/routes.ts: import type { Item } from '../lambdas/store/table.ts'`,
  },
  {
    was: /^the rules say no > ops\/status\.ts: /,
    by: `${rules} ops/status.ts: import { handler } from '../lambdas/consumers/sweep.ts'`,
  },
  {
    was: /^the rules say no > hub\/app\.tsx: /,
    by: `${rules} hub/app.tsx: import { securityHeaders } from '../lib/security-headers.ts'`,
  },
  // The runbook's commands are run, and those of other documents are still asked for their options.
  {
    was: /^npm run ops > takes: (replay-view|dead-letters redrive|archive mark) /,
    by: 'the blocks > are run, but for at most five',
  },
  {
    was: 'alarms cost what docs/runbook.md says: at most 110 metrics',
    by: 'alarms cost what docs/runbook.md says: at most 122 metrics',
  },
  {
    was: 'the sweep runs daily just after midnight UTC, the month turn and the billing close included',
    by: 'the sweep runs every five minutes and just after midnight UTC, for the month turn and the billing close, too',
  },
  { was: 'imports > make no circle', by: 'imports > make no cycle' },
  // It moved to another file, so no rename is proposed.
  {
    was: /^a small season > stops the apps that teams are .* of, and lets back those that comply$/,
    by: 'a small season > stops the apps that teams are notified of, and lets back those that comply',
  },
  // Imports of types count as part of a cycle since then.
  {
    was: `${rules} to a circle, though not to one of types alone`,
    by: `${rules} to a cycle that \`import type\` closes`,
  },
  // A call under another key is a matter of types since then.
  {
    was: 'what handlers return > a dispatcher answers by route key, 404 for others, and refuses to load a call under another key',
    by: 'answers of handlers > a dispatcher without a handler, or with that of another call, does not compile',
  },
  // The page has the types of the contract itself, and generates none.
  {
    was: 'the types of the page are those of the API as it is described',
    by: 'a call > has a file of its name, and its route is in the table',
  },
  {
    was: 'on one machine > a campaign > waits for its next date, and reminds when that has come',
    by: 'on one machine > a campaign > waits for its next date, and reminds when that has come, once',
  },
  // A used-up free amount stops the whole API.
  {
    was: /^01-free-limit: .* Only that meter stops; /,
    by: '01-free-limit: A free team may use each rated meter up to its monthly amount: exactly up to it, not one more. The API that the meter belongs to stops, other APIs go on; it starts again with the month (UTC). Unrated APIs cost nothing. A denial is not stored. A team may limit an app.',
  },
  {
    was: 'what would be refused now > a meter whose free amount is used up, until the month ends',
    by: 'the outlook refuses > every meter of an API with a used-up free amount, until the month ends',
  },
  {
    was: 'there are thirteen stories, and each asks for answers',
    by: 'there are fourteen stories, and each asks for answers',
  },
  // The number 13 is that of another example today.
  {
    was: /13-edges-of-time/,
    by: 'in process > 14-edges-of-time: The instants at which something ends belong to what begins: the last and the first call of a month, 47 and 49 hours after its end, the last second before a deadline and the first after it; tokens bought, and work done, before the launch.',
  },
]

/** Faults and operations of the fault table that have another name today. */
export const renamedRowsAndColumns: Readonly<Record<string, string>> = {
  // A sign-in no longer looks up teams. The page asks for them with this call, by the same query.
  'add-team': 'getMe',
}

/** Cells of the fault table that are proved no more, `<operation> × <fault>`, each with its reason. */
export const coveredCells: Readonly<Record<string, string>> = {}

interface FewerKillPoints {
  /** Points today, at least. */
  readonly points: number
  readonly because: string
}

const oneReadFewer = 'it makes one read fewer'

/** Operations that make fewer requests than they did, so that there are fewer points to kill them at. */
export const fewerKillPoints: Readonly<Record<string, FewerKillPoints>> = {
  'purchaseTokens, paid at once': { points: 8, because: oneReadFewer },
  'purchaseTokens, paid later': { points: 6, because: oneReadFewer },
}

/** Views of the page that no test looks at any more, such as `plan ja 320`, each with its reason. */
export const coveredViews: Readonly<Record<string, string>> = {}
