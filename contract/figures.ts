import * as v from 'valibot'

/** Instants, amounts and periods in answers. */
export const instantText = v.pipe(v.string(), v.metadata({ format: 'date-time' }))
export const periodText = v.pipe(v.string(), v.regex(/^[0-9]{4}-[0-9]{2}$/))
export const dayText = v.pipe(v.string(), v.metadata({ format: 'date' }))
export const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const tokens = v.pipe(v.number(), v.minValue(0), v.description('At most three decimals'))
