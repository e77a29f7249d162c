import * as v from 'valibot'
import { alertMeasures } from '../core/alerts/alert.ts'
import { periodText } from './figures.ts'

/** A figure in the unit of the alert's measure. */
const figure = v.pipe(
  v.number(),
  v.minValue(0),
  v.description('US cents, tokens or days, as the measure says; tokens have at most three decimals'),
)

/** The fields of an alert, as answers and events show them. */
export const alertFields = {
  alertId: v.string(),
  appId: v.optional(v.string()),
  measure: v.picklist(alertMeasures),
  threshold: figure,
}

/** A threshold that was crossed, with the figure that crossed it. */
export const crossing = { ...alertFields, value: figure, period: periodText }
