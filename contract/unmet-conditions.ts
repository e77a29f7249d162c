import * as v from 'valibot'

/** The conditions of pay-as-you-go that a team does not meet, in the order of reports. */
export const unmetConditions = v.pipe(
  v.array(v.picklist(['country', 'payment-method', 'standing'])),
  v.description('The conditions of pay-as-you-go that the team does not meet'),
)
