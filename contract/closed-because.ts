import * as v from 'valibot'

/** The reason why an authorization is over: a final capture, a void, its end, or captures of all of its quantity. */
export const closedBecause = v.picklist(['final', 'void', 'expired', 'used-up'])
