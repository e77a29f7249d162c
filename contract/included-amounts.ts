import * as v from 'valibot'
import { id, meterName, quantityMax, whole } from './fields.ts'
import { sayToPeople } from './people-messages.ts'

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
    sayToPeople('uniqueAmounts'),
  ),
)

export const includedFields = { products: includedAmountRows }
