import { useTranslation } from 'react-i18next'
import type { OfferAnswer as Offer } from '../contract/get-offer.ts'
import { useAnswer } from './api/queries.ts'
import { useFormat } from './use-format.ts'

export type RatedMeter = Offer['rateCard']['meters'][number]

const offerMilliseconds = 60_000

/** Meters as people call them and count them. */
export interface Meters {
  /** The name of a meter; one that has none is called as the rate card calls it. */
  name(meter: string): string
  /** The name of an API, the same way. */
  api(api: string): string
  /** A quantity of a meter with its base unit: hours and minutes, jobs, calls, photos. */
  quantity(meter: string, quantity: number): string
  /** Its row of the rate card; undefined until that is there. */
  rated(meter: string): RatedMeter | undefined
}

/** What is offered: rate card, prices, conditions of pay as you go, the campaign. */
export const useOffer = () => useAnswer('getOffer', {}, { everyMilliseconds: offerMilliseconds })

export function useMeters(): Meters {
  const { i18n } = useTranslation('terms')
  const { data } = useOffer()
  const format = useFormat()
  const rated = (meter: string) => data?.rateCard.meters.find((row) => row.meter === meter)
  const term = (group: string, id: string, values: object = {}) => {
    const key = `${group}.${id}`
    // Of a plural, only a key with its count exists.
    return i18n.exists(key, { ns: 'terms', ...values })
      ? String(i18n.t(key as never, { ns: 'terms', ...values }))
      : undefined
  }
  return {
    rated,
    // An API that is not rated is its own meter.
    name: (meter) => term('meter', meter) ?? term('api', meter) ?? meter,
    api: (api) => term('api', api) ?? api,
    quantity(meter, quantity) {
      const baseUnit = rated(meter)?.baseUnit
      if (baseUnit === undefined || baseUnit === 'seconds') return format.quantity(quantity, baseUnit)
      return (
        term('unit', baseUnit, { count: quantity, quantity: format.number(quantity) }) ??
        format.number(quantity)
      )
    },
  }
}
