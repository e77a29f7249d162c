/*
 * The bounds of everything in an account that could grow. The table in this folder's README names, for each, the code that
 * keeps it and its bytes at worst; `test/bench/account-size.test.ts` builds the account that reaches them.
 */

/** Lots, together with purchases that are not paid yet: each of them may become a lot. */
export const lotsMax = 100
/** Lots after a reversal that returns tokens to lots which were used up. */
export const lotsAfterReversalMax = 200
/** Limits of apps, all apps and meters together. */
export const limitsMax = 50
/** Instants at which a limit releases holds exactly; with more, all of its holds are released on quarter hours. */
export const limitInstantsMax = 16
/** Budgets that have not ended, of all apps together. */
export const budgetsMax = 20
/** Subscriptions of one team, as an operator sets them. */
export const subscriptionsMax = 20
/** Rows of subscriptions, with those that were taken away and stay until the end of the next month. */
export const subscriptionRowsMax = 200
/** Changes of plan that are remembered; for a team that changes more often, the oldest are forgotten. */
export const termsMax = 64
/** Rows of shortfall that keep their exact order; further ones join the row of their meter and price. */
export const shortfallRowsMax = 32
/**
 * Prices of one meter in one month that are counted separately. A price changes with a rate card, so there are seldom two.
 * Units at further prices are counted in the sums alone.
 */
export const pricesMax = 16
