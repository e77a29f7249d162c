import { usdText } from './mail-model.ts'
import { afterPaymentMethod } from './money-facts.ts'
import { choosePaidText, eligibilityText, lapsedText, payText } from './money-texts-en.ts'
import type { TextFacts, Texts } from './texts-model.ts'

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

/** The reason why use cannot be taken back. */
const reversalObstacles: Readonly<Record<string, string>> = {
  reversed: 'It was taken back before, under another id',
  retired: 'Its entry is only in the archive',
  'unit-size': 'The size of the charged unit has changed since',
  'too-many-days': 'It was reported on too many days',
}

/** The end of a purchase, by its status. */
const purchaseStates: Readonly<Record<string, string>> = {
  paid: 'it is paid',
  'given-up': 'it was given up',
  refunded: 'it was refunded',
  'charged-back': 'its payment was charged back',
}

export const en: Texts = {
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
    PAY_AS_YOU_GO_NOT_ELIGIBLE: (facts) => ({
      title: 'Pay-as-you-go is not available',
      detail: `Pay-as-you-go needs an eligible country, a credit card or PayPal, and good standing: ${
        eligibilityText(facts) ?? 'one of these is missing'
      }.`,
      resolve: afterPaymentMethod(facts)
        ? 'Correct all of this. Flex tokens are bought with a credit card or PayPal, too.'
        : 'Correct all of this, or use Flex tokens.',
    }),
    PAYMENT_METHOD_REQUIRED: () => ({
      title: 'A payment method is required',
      detail: 'The team has no payment method that this purchase could be charged to.',
      resolve: 'Set a credit card or PayPal as the payment method of the team.',
    }),
    PRICE_CHANGED: ({ usdCents }) => ({
      title: 'The price has changed',
      detail: `Nothing was bought. These tokens now cost ${usdText(usdCents)}.`,
      resolve: 'Check the price that is now in force, and buy at that price.',
    }),
    PURCHASE_CLOSED: ({ because }) => ({
      title: 'The purchase is closed',
      detail: `The purchase cannot be paid or given up any more: ${purchaseStates[because ?? ''] ?? 'it is closed'}.`,
      resolve:
        because === 'paid'
          ? 'Keep its tokens; more tokens are a new purchase under a new id.'
          : 'Make a new purchase under a new id.',
    }),
    NOT_REVERSIBLE: ({ because }) => ({
      title: 'The use cannot be taken back',
      detail: `${reversalObstacles[because ?? ''] ?? 'This operation cannot be taken back'}.`,
      resolve: 'Credit the team with an adjustment instead, where something is to be made good.',
    }),
    TOO_MANY_LOTS: () => ({
      title: 'Too many token purchases',
      detail:
        'The team has as many lots of Flex tokens as it may at one time. Purchases that are not paid yet count, too.',
      resolve:
        'Use up a lot, let it expire, or give up a purchase that is not paid. Fewer, larger purchases need fewer lots.',
    }),
    TOO_MANY_LIMITS: () => ({
      title: 'Too many app limits',
      detail: 'The team has set as many app limits as it may.',
      resolve: 'Lift a limit that is no longer needed.',
    }),
    TOO_MANY_SUBSCRIPTIONS: () => ({
      title: 'Too many subscriptions',
      detail:
        'Subscriptions that were taken away stay until the end of the next month. Together with these, the team would have more rows than it may.',
      resolve: 'Set fewer rows, or set these after the end of the next month.',
    }),
    APP_OF_ANOTHER_TEAM: () => ({
      title: 'The app belongs to another team',
      detail: 'This client id is already registered to another team.',
      resolve: 'Check the client id and the team.',
    }),
    RATE_CARD_EXISTS: () => ({
      title: 'The rate card exists already',
      detail: 'A rate card of this version is published, and a published card is never changed.',
      resolve: 'Publish the change under a new version.',
    }),
    RATE_CARD_TOO_SOON: () => ({
      title: 'The rate card takes effect too soon',
      detail:
        'A rate card must be published at least 24 hours before it takes effect, and after the one before it.',
      resolve: 'Choose a later effectiveAt.',
    }),
    CATALOG_VERSION_EXISTS: () => ({
      title: 'The version exists already',
      detail: 'This version is published, and a published version is never changed.',
      resolve: 'Publish the change under a new version.',
    }),
    CATALOG_VERSION_TOO_SOON: () => ({
      title: 'The version takes effect too soon',
      detail: 'A version must be published at least 24 hours before it takes effect.',
      resolve: 'Choose a later effectiveAt.',
    }),
    TOO_MANY_VERSIONS: () => ({
      title: 'Too many versions',
      detail: 'The catalog has 150 versions of this kind, as many as it may.',
      resolve: 'The maintainers of Tollgate can raise this bound.',
    }),
    HUB_REQUIRED: () => ({
      title: 'The team has no developer hub',
      detail: 'Apps can be moved only once the team has a developer hub.',
      resolve: 'A team admin creates the developer hub first.',
    }),
    LAST_ADMIN: () => ({
      title: 'The last admin stays',
      detail: 'Without this member the team would have no admin, and nobody could change it any more.',
      resolve: 'First make another member an admin, one who has accepted the invitation.',
    }),
    MEMBER_EXISTS: () => ({
      title: 'The member exists already',
      detail: 'Another member of the team has this e-mail address.',
      resolve: 'Change that member, or use another address.',
    }),
    TOO_MANY_MEMBERS: () => ({
      title: 'Too many members',
      detail: 'The team has as many members as it may.',
      resolve: 'Remove a member who is no longer needed.',
    }),
    TOO_MANY_INVITATIONS: () => ({
      title: 'Too many open invitations',
      detail: 'This e-mail address has as many open invitations as it may.',
      resolve: 'The person accepts or declines open invitations first.',
    }),
    NOT_HERE: () => ({
      title: 'Teams are managed elsewhere',
      detail: 'Your sign-in service states your team and your role. They cannot be changed here.',
      resolve: 'Ask the administrators of your sign-in service.',
    }),
    TOO_MANY_SECRETS: () => ({
      title: 'Too many secrets',
      detail: 'Ten replaced secrets of this webhook still sign its messages, as was promised for a day each.',
      resolve: 'Use the newest secret, or replace it again once an older one has expired.',
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
    BAD_EVENT: () => ({
      title: 'The event is not valid',
      detail: 'Each entry of "errors" names a field and what it must be.',
    }),
    UNKNOWN_METER: (facts) => ({
      title: 'Unknown meter',
      detail: `No rate card and no list of unrated APIs names ${meterOf(facts)}.`,
    }),
    METER_ENDED: (facts) => ({
      title: 'The meter has ended',
      detail: `${capital(meterOf(facts))} has ended. ${useInstead(facts)}`,
    }),
    EVENT_TOO_OLD: () => ({
      title: 'The event is too old',
      detail: "The event's time is more than 34 days ago.",
    }),
    EVENT_IN_FUTURE: () => ({
      title: 'The event lies in the future',
      detail: "The event's time is more than 5 minutes ahead.",
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
    PAYMENT_FAILED: () => ({
      title: 'A payment failed',
      detail:
        'It is tried again. If no try succeeds, rated APIs stop. Correct the payment method, or pay what is due.',
    }),
    RATE_CARD_SHORT_NOTICE: () => ({
      title: 'Short notice',
      detail: 'The rate card takes effect in less than 90 days.',
    }),
    SHORT_NOTICE: () => ({
      title: 'Short notice',
      detail: 'The version takes effect in less than 90 days.',
    }),
  },
}
