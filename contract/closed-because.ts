import * as v from 'valibot'

/**
 * The reason why an authorization is over: a final capture, a void, its end, captures of all of its quantity, or a
 * reversal.
 */
export const closedBecause = v.picklist(['final', 'void', 'expired', 'used-up', 'reversed'])
