import { choosePaidText, lapsedText, payText } from './money-texts-en.ts'
import type { MeterTexts, TextFacts } from './texts-model.ts'

const useInstead = ({ meters = [] }: TextFacts): string =>
  meters.length === 0 ? 'No other meter replaces it.' : `Use ${meters.join(', ')}.`

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const meterOf = ({ meter }: TextFacts): string => (meter === undefined ? 'this meter' : `"${meter}"`)

/** The end of an authorization, by its reason. */
const closures: Readonly<Record<string, string>> = {
  final: 'its final use was reported',
  void: 'it was voided',
  expired: 'it has expired',
  'used-up': 'all of it was used',
  reversed: 'its use was taken back',
}

/** The reason why a quote does not hold. */
const quoteFaults: Readonly<Record<string, string>> = {
  unknown: 'The team has no quote with this id.',
  expired: 'The quote has expired.',
  'other-use': 'The quote is for another app or meter, or for less.',
  'plan-changed': 'The quote was made before the team was on the paid plan.',
}

export const en: MeterTexts = {
  endings: {
    worksAgain: 'The app then works again at once.',
    wait: 'Or you wait: time alone lifts this.',
  },
  refusals: {
    AUTHORIZATION_CLOSED: ({ because }) => ({
      title: 'The authorization is over',
      detail: `This id was allowed before, and its authorization has ended: ${
        closures[because ?? ''] ?? 'it holds nothing any more'
      }.`,
      resolve: 'Start no work on it. Ask for new work under a new authorizationId.',
    }),
    UNKNOWN_APP: () => ({
      title: 'Unknown app',
      detail: 'No app is registered under this client id.',
      resolve:
        'Check the client id, or have the app registered and move it to the developer hub of a team with a plan.',
    }),
    QUOTE_NOT_VALID: ({ because }) => ({
      title: 'The quote is not valid',
      detail: quoteFaults[because ?? ''] ?? 'The quote cannot be used.',
      resolve: 'Ask for a new quote of this use.',
    }),
    APP_NOT_IN_HUB: () => ({
      title: 'The app is not in a developer hub',
      detail: "Since the migration deadline, an app can make calls only from its team's developer hub.",
      resolve: 'A team admin creates the developer hub if there is none yet, and moves the app into it.',
    }),
    NO_PLAN: (facts) => ({
      title: 'The team has no plan',
      detail:
        'Since the migration deadline, an app can make calls only when its team is on a free or paid plan.',
      resolve: facts.isFreeAmountUsedUp
        ? choosePaidText(facts)
        : 'A team admin chooses the free plan, or the paid plan with Flex tokens or pay-as-you-go.',
    }),
    TEAM_SUSPENDED: ({ because }) => ({
      title: 'The team is suspended',
      detail:
        because === undefined
          ? 'An operator suspended this team.'
          : `An operator suspended this team: ${because}`,
      resolve: 'Contact support.',
    }),
    PAYMENT_OVERDUE: () => ({
      title: 'A payment is overdue',
      detail: 'A payment that this team owes could not be collected, so rated APIs are stopped.',
      resolve: 'A team admin corrects the payment method and pays everything that is overdue.',
    }),
    APP_LIMIT_REACHED: (facts) => ({
      title: 'The limit of this app is reached',
      detail: `The team limited how much of ${meterOf(facts)} this app may use in a month, and the limit does not leave enough.`,
      resolve: "A team admin raises or lifts the app's limit.",
    }),
    BUDGET_EXHAUSTED: (facts) => ({
      title: 'The budget is used up',
      detail:
        facts.because === undefined
          ? `What is left of the budget does not cover ${meterOf(facts)}.`
          : 'The budget has ended or was revoked.',
      resolve: 'A team admin makes another budget.',
    }),
    SHORTFALL_DUE: (facts) => ({
      title: 'Unpaid usage is due',
      detail: `Work that was already done could not be paid for. Rated APIs are stopped until it is.${lapsedText(facts)}`,
      resolve: `${payText(facts)} Unpaid usage is paid first.`,
    }),
    FREE_LIMIT_REACHED: (facts) => ({
      title: 'The monthly free amount is used up',
      detail:
        facts.stoppedBy === undefined
          ? `Too little is left of this month's free amount of ${meterOf(facts)}. Other APIs go on.`
          : `This month's free amount of "${facts.stoppedBy}" is used up, which stops its whole API. Other APIs go on.`,
      resolve: choosePaidText(facts),
    }),
    TOKENS_EXHAUSTED: (facts) => ({
      title: 'Not enough Flex tokens',
      detail: `The Flex tokens that are not held already do not cover ${meterOf(facts)}.${lapsedText(facts)}`,
      resolve: payText(facts),
    }),
    SPEND_LIMIT_REACHED: (facts) => ({
      title: "This month's spend limit is reached",
      detail: `What is left of the monthly spend limit does not cover ${meterOf(facts)}, and the Flex tokens do not either.`,
      resolve: 'A team admin raises the spend limit or buys Flex tokens.',
    }),
    IDEMPOTENCY_CONFLICT: () => ({
      title: 'This id was used for something else',
      detail: 'An operation with the same id, but with other content, was accepted before.',
      resolve: 'Send the same content again, or use a new id.',
    }),
  },
  problems: {
    UNAUTHENTICATED: () => ({
      title: 'Not signed in',
      detail: 'The call needs a valid bearer token in the Authorization header.',
    }),
    INSUFFICIENT_SCOPE: () => ({
      title: 'The token does not allow this call',
      detail: 'The token lacks the scope that this call needs.',
    }),
    NOT_FOUND: () => ({
      title: 'Not found',
      detail: 'There is nothing here, or nothing that this token may see.',
    }),
    ADMIN_REQUIRED: () => ({
      title: 'Team admins only',
      detail: 'Only an admin of the team may read or change this.',
    }),
    PAYLOAD_TOO_LARGE: ({ limit }) => ({
      title: 'The body is too large',
      detail: limit === undefined ? 'Send less at once.' : `The body may have at most ${limit} bytes.`,
    }),
    UNSUPPORTED_MEDIA_TYPE: ({ encoding }) => ({
      title: encoding === undefined ? 'Unsupported content type' : 'Unsupported content encoding',
      detail:
        encoding === undefined
          ? 'Send JSON with Content-Type: application/json (usage events: also application/cloudevents+json or application/cloudevents-batch+json).'
          : `Bodies with Content-Encoding: ${encoding} are not read. Send the body without an encoding.`,
    }),
    BAD_REQUEST: () => ({
      title: 'The request is not valid',
      detail: 'Each entry of "errors" names a field and what it must be.',
    }),
    PRECONDITION_FAILED: () => ({
      title: 'Changed in the meantime',
      detail:
        'Somebody else has changed this since it was read (If-Match), so nothing was saved. Read it again and repeat the change.',
    }),
    BUSY: ({ isUncertain }) => ({
      title: 'Busy',
      detail: isUncertain
        ? 'Too much is happening on this account at the moment. It is not certain whether the event was recorded; send it again as it is. Its id counts once.'
        : 'Too much is happening on this account at the moment. Nothing was done; send the request again.',
    }),
    INTERNAL_ERROR: () => ({
      title: 'Internal error',
      detail: 'We failed to answer. Sending the same request again does no harm; quote requestId to support.',
    }),
    METER_ENDED: (facts) => ({
      title: 'The meter has ended',
      detail: `${capital(meterOf(facts))} has ended. ${useInstead(facts)}`,
    }),
  },
  warnings: {
    GRACE_PERIOD: () => ({
      title: 'Grace period',
      detail:
        'From the deadline on an app is refused, unless its team has a plan and the app is in the developer hub of the team.',
    }),
    FREE_LIMIT_REACHED: (facts) => ({
      title: 'The monthly free amount is used up',
      detail: `Too little is left of the free amount of ${meterOf(facts)}, or another meter of its API has used up its own. After the deadline this request would be refused.`,
    }),
  },
}
