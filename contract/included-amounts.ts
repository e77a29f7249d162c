import * as v from 'valibot'
import { id, meterName, quantityMax, say, whole } from './fields.ts'

export const includedAmountRow = v.pipe(
  v.strictObject({
    product: id,
    meter: meterName,
    perPeriod: v.pipe(
      whole(0, quantityMax),
      v.description('Base units of the meter that one subscription gives in each month'),
    ),
  }),
  v.title('IncludedAmount'),
)

/** Rows of one version, each product and meter once. A version changes the rows that it names. */
export const includedAmountRows = v.pipe(
  v.array(includedAmountRow),
  v.minLength(1),
  v.maxLength(100),
  v.check(
    (rows) => new Set(rows.map(({ product, meter }) => `${product} ${meter}`)).size === rows.length,
    say('uniqueAmounts'),
  ),
)

export const includedFields = { products: includedAmountRows }
