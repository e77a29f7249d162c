import * as v from 'valibot'
import { capAnswer } from './cap.ts'
import { fundedBy } from './charge.ts'
import { amount, instantText } from './figures.ts'
import { refusalAnswer } from './refusal.ts'
import { settleBy } from './settle-by.ts'
import { warningAnswer } from './warning.ts'

// Answers of services' calls are in separate files: functions read no schema of an answer, and so they do not link it.
const teamId = v.pipe(v.string(), v.description('The team of the app; absent where no team has it'))

const allowAnswer = v.pipe(
  v.object({
    authorizationId: v.string(),
    decision: v.literal('allow'),
    quantity: v.pipe(amount, v.description('Base units that were granted')),
    expiresAt: instantText,
    fundedBy,
    remaining: v.optional(amount),
    cap: v.optional(capAnswer),
    settleBy: v.optional(settleBy),
    reportAfter: v.optional(
      v.pipe(
        amount,
        v.description(
          'Base units that earn about one cent: report captures after this much; absent where use costs nothing',
        ),
      ),
    ),
    teamId: v.optional(teamId),
    warnings: v.array(warningAnswer),
  }),
  v.title('AllowedAuthorization'),
)

const denyAnswer = v.pipe(
  v.object({
    authorizationId: v.string(),
    decision: v.literal('deny'),
    refusal: refusalAnswer,
    teamId: v.optional(teamId),
  }),
  v.title('DeniedAuthorization'),
)

export const authorizationAnswer = v.pipe(
  v.variant('decision', [allowAnswer, denyAnswer]),
  v.title('Authorization'),
)

export type AuthorizationAnswer = v.InferOutput<typeof authorizationAnswer>
