import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../contract/get-offer.ts'
import { meterName } from '../core/texts/meter-names.ts'
import { useAnswer } from './api/queries.ts'
import { languageNow } from './i18n.ts'
import { useFormat } from './use-format.ts'

export type RatedMeter = Offer['rateCard']['meters'][number]

/** The names and units of meters. */
export interface Meters {
  /** Returns the name of a meter. Without a text for it, the name is the one on the rate card. */
  name(meter: string): string
  /** Returns the name of an API, in the same way. */
  api(api: string): string
  /** A quantity of a meter with its base unit: hours and minutes, jobs, calls or photos. */
  quantity(meter: string, quantity: number): string
  /** Returns the meter's row of the rate card, or undefined until the card is loaded. */
  rated(meter: string): RatedMeter | undefined
}

/** The offer: rate card, prices, conditions of pay as you go, and the campaign. */
export const useOffer = () => useAnswer('getOffer', {})

export function useMeters(): Meters {
  const { i18n } = useTranslation('terms')
  const { data } = useOffer()
  const format = useFormat()
  const rated = (meter: string) => data?.rateCard.meters.find((row) => row.meter === meter)
  // A meter of a published card has its unit before the card is in force.
  const coming = (meter: string) =>
    data?.upcoming.flatMap((card) => card.meters).find((row) => row.meter === meter)
  const term = (group: string, id: string, values: object = {}) => {
    const key = `${group}.${id}`
    // A plural has only keys with a count.
    return i18n.exists(key, { ns: 'terms', ...values })
      ? String(i18n.t(key as never, { ns: 'terms', ...values }))
      : undefined
  }
  return {
    rated,
    // An API without a rate is itself a meter.
    name: (meter) => meterName(meter, languageNow()) ?? term('api', meter) ?? meter,
    api: (api) => term('api', api) ?? api,
    quantity(meter, quantity) {
      const baseUnit = (rated(meter) ?? coming(meter))?.baseUnit
      if (baseUnit === undefined || baseUnit === 'seconds') return format.quantity(quantity, baseUnit)
      return (
        term('unit', baseUnit, { count: quantity, quantity: format.number(quantity) }) ??
        format.number(quantity)
      )
    },
  }
}
