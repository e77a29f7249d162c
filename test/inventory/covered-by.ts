/** A test of the earlier suite that has another name today, and the test that covers it. */
export interface Covered {
  /** Full name in `before.json`, or the pattern of several. */
  readonly was: string | RegExp
  /** Full name of a test of today. */
  readonly by: string
}

/** Tests that are renamed or replaced. Tests that only move to another file need no row. */
export const coveredTests: readonly Covered[] = [
  // The rules are shown with the files that there are.
  {
    was: /^the rules say no > core\/time\.ts: /,
    by: "the rules say no > core/time/time.ts: import 'node:fs'",
  },
  {
    was: /^the rules say no > lambdas\/routes\.ts: /,
    by: "the rules say no > contract/routes.ts: import type { Entry } from '../core/journal/entry.ts'",
  },
  {
    was: /^the rules say no > ops\/status\.ts: /,
    by: "the rules say no > ops/status.ts: import { handler } from '../lambdas/consumers/sweep.ts'",
  },
  {
    was: /^the rules say no > hub\/app\.tsx: /,
    by: "the rules say no > hub/app.tsx: import { routes } from '../contract/routes.ts'",
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

/** Cells of the fault table that are proved no more, `<operation> × <fault>`, each with its reason. */
export const coveredCells: Readonly<Record<string, string>> = {}

/** Operations that make fewer requests than they did, so that there are fewer points to kill them at, each with its reason. */
export const fewerKillPoints: Readonly<Record<string, string>> = {}

/** Views of the page that no test looks at any more, such as `plan ja 320`, each with its reason. */
export const coveredViews: Readonly<Record<string, string>> = {}
