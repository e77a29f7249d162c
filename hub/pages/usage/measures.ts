import { useTranslation } from 'react-i18next'
import { useMeters, useOffer } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import { changeText, costText, signOf } from './cost-text.ts'
import { amountOf, type Measure, type MeterFacts, type Sum } from './usage-sums.ts'

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
    tokenUsdCents: offer?.priceList.steps[0]?.unitPriceUsdCents ?? 0,
    isRatedApi: (api) => [...rated.values()].some((row) => row.api === api),
  }
}

/** Writes measures and their amounts. */
export interface MeasureWords {
  name(measure: Measure): string
  /** Writes the amount of a sum; a cost is written in both currencies. */
  write(sum: Sum, measure: Measure): string
  /** Writes the difference of two sums with its sign. */
  change(now: Sum, before: Sum, measure: Measure): string
  /** Writes a number of the axis. `total` tells which meter has the measure's unit. */
  onAxis(amount: number, measure: Measure, total: Sum): string
}

const namedUnits = ['seconds', 'jobs', 'calls', 'photos'] as const

export function useMeasureWords(): MeasureWords {
  const { t } = useTranslation('usage')
  const meters = useMeters()
  const format = useFormat()
  const words = {
    tokens: (amount: number) => t('tokens', { count: amount, tokens: format.tokens(amount) }),
    usd: format.usd,
  }
  const onAxis: MeasureWords['onAxis'] = (amount, measure, total) => {
    if (measure === 'tokens') return words.tokens(amount)
    if (typeof measure === 'string') return format.usd(Math.round(amount * 100))
    return meters.quantity(total.quantities.get(measure.unit)?.meter ?? '', amount)
  }
  return {
    onAxis,
    write: (sum, measure) =>
      measure === 'cost' ? costText(sum, words) : onAxis(amountOf(sum, measure), measure, sum),
    change(now, before, measure) {
      if (measure === 'cost') return changeText(now, before, words)
      const difference = Math.round((amountOf(now, measure) - amountOf(before, measure)) * 1_000) / 1_000
      if (difference === 0) return '±0'
      const whole = amountOf(now, measure) > 0 ? now : before
      return `${signOf(difference)}${onAxis(Math.abs(difference), measure, whole)}`
    },
    name(measure) {
      if (typeof measure === 'string') return t(`measure.${measure}`)
      const unit = namedUnits.find((name) => name === measure.unit)
      return unit === undefined ? meters.name(measure.unit) : t(`measure.unit.${unit}`)
    },
  }
}
