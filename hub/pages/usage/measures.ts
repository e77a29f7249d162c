import { useTranslation } from 'react-i18next'
import { useMeters, useOffer } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import type { Measure, MeterFacts, Sum } from './usage-sums.ts'

/** Facts about meters from all rate cards, including future ones. */
export interface OfferedMeters extends MeterFacts {
  /** Returns true if a rate card lists a meter of this API. */
  isRatedApi(api: string): boolean
}

export function useOfferedMeters(): OfferedMeters {
  const { data: offer } = useOffer()
  const cards = offer === undefined ? [] : [...offer.upcoming.toReversed(), offer.rateCard]
  const rated = new Map(cards.flatMap(({ meters }) => meters.map((row) => [row.meter, row] as const)))
  return {
    unitOf: (meter) => rated.get(meter)?.baseUnit ?? meter,
    apiOf: (meter) => rated.get(meter)?.api ?? meter,
    isRatedApi: (api) => [...rated.values()].some((row) => row.api === api),
  }
}

/** Writes measures and their amounts. */
export interface MeasureWords {
  name(measure: Measure): string
  /** `total` tells which meter has the measure's unit. */
  write(amount: number, measure: Measure, total: Sum): string
}

const namedUnits = ['seconds', 'jobs', 'calls', 'photos'] as const

export function useMeasureWords(): MeasureWords {
  const { t } = useTranslation('usage')
  const meters = useMeters()
  const format = useFormat()
  return {
    name(measure) {
      if (typeof measure === 'string') return t(`measure.${measure}`)
      const unit = namedUnits.find((name) => name === measure.unit)
      return unit === undefined ? meters.name(measure.unit) : t(`measure.unit.${unit}`)
    },
    write(amount, measure, total) {
      if (measure === 'tokens') return t('tokens', { count: amount, tokens: format.tokens(amount) })
      if (measure === 'usd') return format.usd(Math.round(amount * 100))
      return meters.quantity(total.quantities.get(measure.unit)?.meter ?? '', amount)
    },
  }
}
