import { usdText } from './mail-model.ts'
import { afterPaymentMethod } from './money-facts.ts'
import { eligibilityText } from './money-texts-en.ts'
import type { MeterRefusalCode, RefusalTexts } from './texts-model.ts'

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

/** The refusals of calls that no service makes. */
export const en: Omit<RefusalTexts, MeterRefusalCode> = {
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
  TOO_MANY_BUDGETS: () => ({
    title: 'Too many budgets',
    detail: 'The team has as many budgets as it may.',
    resolve: 'Revoke a budget that is no longer needed.',
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
  TESTED_JUST_NOW: () => ({
    title: 'Tested just now',
    detail: 'A webhook gets at most one test event every ten seconds. Nothing was sent.',
    resolve: 'Send the next test event after ten seconds.',
  }),
}
