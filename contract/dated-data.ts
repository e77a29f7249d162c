import * as v from 'valibot'
import { actorAnswer } from './actor.ts'
import { meterName, quantityMax, reason, usdCentsMax, whole } from './fields.ts'
import { instantText } from './figures.ts'
import { sayToPeople } from './people-messages.ts'
import { warningAnswer } from './warning.ts'

/* The fields of each kind of dated data, and the forms in which all kinds are published and listed. */

const isUnique = (values: string[]) => new Set(values).size === values.length

const priceStep = v.pipe(
  v.strictObject({ fromTokens: whole(1, quantityMax), unitPriceUsdCents: whole(1, usdCentsMax) }),
  v.title('PublishedPriceStep'),
)

/** Price of a whole purchase by its size. The steps go up, and the first one prices the smallest purchase. */
export const priceListFields = {
  minimumTokens: whole(1, quantityMax),
  steps: v.pipe(
    v.array(priceStep),
    v.minLength(1),
    v.maxLength(50),
    v.check(
      (steps) => steps.every(({ fromTokens }, index) => fromTokens > (steps[index - 1]?.fromTokens ?? 0)),
      sayToPeople('risingSteps'),
    ),
  ),
  unverified: v.optional(v.boolean()),
}

export const unratedApisFields = {
  apis: v.pipe(
    v.array(meterName),
    v.minLength(1),
    v.maxLength(500),
    v.check(isUnique, sayToPeople('uniqueNames')),
  ),
}

export const countriesFields = {
  countries: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, sayToPeople('country')))),
    v.minLength(1),
    v.maxLength(250),
    v.check(isUnique, sayToPeople('uniqueNames')),
  ),
}

/** Fields of every version as it is published, which are not its content. */
export const publishingFields = {
  /** For other operators, next to the version. */
  reason: v.optional(reason),
}

/** A version of dated data in answers. */
export const versionFields = { version: v.string(), effectiveAt: instantText }

export const publishedFields = {
  ...versionFields,
  warnings: v.array(warningAnswer),
}

const publicationAnswer = v.pipe(
  v.object({
    ...versionFields,
    /** Absent for the launch's own versions. */
    publishedAt: v.optional(instantText),
    actor: v.optional(actorAnswer),
    reason: v.optional(v.string()),
  }),
  v.title('Publication'),
)

/** Every version of a kind, past ones included, with the operator who published it. */
export const publicationsField = {
  publications: v.pipe(v.array(publicationAnswer), v.description('All versions, the latest first')),
}

export type PublicationAnswer = v.InferOutput<typeof publicationAnswer>
