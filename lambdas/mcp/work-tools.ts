import * as v from 'valibot'
import { budgetFields } from '../../contract/budget.ts'
import { capAnswer } from '../../contract/cap.ts'
import { reportedUse } from '../../contract/capture-authorization.ts'
import { captureFields } from '../../contract/capture-authorization-answer.ts'
import { fundedBy } from '../../contract/charge.ts'
import { id } from '../../contract/fields.ts'
import { amount, instantText } from '../../contract/figures.ts'
import { settleBy } from '../../contract/settle-by.ts'
import { warningAnswer } from '../../contract/warning.ts'
import type { TeamDeps } from '../runtime/team-deps.ts'
import { authorizeJob, captureJob, jobId, voidJob } from './agent-work.ts'
import { showBudget } from './show-budget.ts'
import { makeTool, type Tool } from './tool.ts'
import { appId, decision, holdSeconds, meter, quantity, refusal, teamId } from './tool-fields.ts'

const scope = 'hub:write'
const authorizationId = v.pipe(id, v.description('The id that authorize has returned'))

/** The tools with which an agent runs work of its team's apps. */
export function workTools(deps: TeamDeps): readonly Tool[] {
  const { memberships } = deps
  return [
    makeTool({
      ...{ name: 'budget', title: 'What is left of the budget', scope: 'hub:read', holders: 'only' },
      description:
        'Shows the budget of your key: its amount for each day or month, what is used and held, and its app.',
      input: v.strictObject({}),
      output: v.object(budgetFields),
      handler: showBudget(deps),
      toCall: () => ({ body: {} }),
      memberships,
    }),
    makeTool({
      ...{ name: 'authorize', title: 'Authorize work', scope, holders: 'too' },
      description:
        'Asks for the right to use a quantity of a meter, and holds what it may cost. The same jobId and content give the same answer. "deny" is a normal answer, with the reason. After the work, report it by capture.',
      input: v.strictObject({
        teamId,
        jobId: v.pipe(jobId, v.description('Your own new id of the work, up to 40 characters')),
        ...{ appId, meter, quantity, holdSeconds },
        quoteId: v.optional(v.pipe(id, v.description('A quote that caps what the work is charged'))),
      }),
      output: v.object({
        ...{ authorizationId: v.string(), decision },
        ...{
          teamId: v.optional(v.string()),
          quantity: v.optional(amount),
          expiresAt: v.optional(instantText),
        },
        ...{ fundedBy: v.optional(fundedBy), remaining: v.optional(amount), cap: v.optional(capAnswer) },
        ...{ settleBy: v.optional(settleBy), reportAfter: v.optional(amount) },
        ...{ warnings: v.optional(v.array(warningAnswer)), refusal: v.optional(refusal) },
      }),
      handler: authorizeJob(deps),
      toCall: ({ teamId: _, ...body }) => ({ body }),
      memberships,
    }),
    makeTool({
      ...{ name: 'capture', title: 'Report use', scope, holders: 'too' },
      description:
        'Reports what the work has used so far, all reports together, and charges the new part. final: true ends the authorization and gives back the rest. A repeated report charges nothing again.',
      input: v.strictObject({ teamId, authorizationId, ...reportedUse }),
      output: v.object({ ...captureFields, stop: v.optional(refusal) }),
      handler: captureJob(deps),
      toCall: ({ teamId: _, ...body }) => ({ body }),
      memberships,
    }),
    makeTool({
      ...{ name: 'void', title: 'Give back', scope, holders: 'too' },
      description:
        'Ends an authorization and gives back what it still holds. What was captured stays charged.',
      input: v.strictObject({ teamId, authorizationId }),
      output: v.object({ authorizationId: v.string(), used: amount, status: v.literal('closed') }),
      handler: voidJob(deps),
      toCall: ({ teamId: _, ...body }) => ({ body }),
      memberships,
    }),
  ]
}
