import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Apps, useApps } from '../../apps.ts'
import type { Format } from '../../format.ts'
import { type Meters, useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'
import type { Entry, EntryOf, Kind } from './entry.ts'

export interface Words {
  /** Returns a sentence that says what happened. */
  sentence(entry: Entry): string
  /** Returns further facts about the entry. */
  details(entry: Entry): readonly string[]
}

interface Say {
  readonly t: TFunction<'statement'>
  readonly format: Format
  readonly meters: Meters
  readonly apps: Apps
}

/** Describes entries in plain words, in the page's language. */
export function useWords(): Words {
  const { t } = useTranslation('statement')
  const say: Say = { t, format: useFormat(), meters: useMeters(), apps: useApps() }
  return {
    // An entry of a kind that this page does not know shows the name of its kind.
    sentence: (entry) => telling(sentences, entry)?.(entry, say) ?? entry.kind,
    details: (entry) => telling(details, entry)?.(entry, say) ?? [],
  }
}

type Tellings<Told> = { readonly [K in Kind]: (entry: EntryOf<K>, say: Say) => Told }

function telling<Told>(tellings: Partial<Tellings<Told>>, entry: Entry) {
  return tellings[entry.kind] as ((entry: Entry, say: Say) => Told) | undefined
}

const work = ({ apps, meters }: Say, entry: { appId: string; meter: string }, quantity: number) => ({
  app: apps.name(entry.appId),
  meter: meters.name(entry.meter),
  quantity: meters.quantity(entry.meter, quantity),
})
const tokens = ({ format }: Say, amount: number) => ({ tokens: format.tokens(amount), count: amount })

const sentences: Tellings<string> = {
  usage: (entry, say) => say.t('what.usage', work(say, entry, entry.quantity)),
  capture: (entry, say) => say.t('what.capture', work(say, entry, entry.quantity)),
  void: (entry, say) => say.t('what.void', work(say, entry, entry.released)),
  authorization: (entry, say) => {
    const until = say.format.instant(entry.expiresAt)
    return say.t('what.authorization', { ...work(say, entry, entry.quantity), until })
  },
  'limit-set': (entry, say) =>
    entry.perPeriod === null
      ? say.t('what.limit-lifted', work(say, entry, 0))
      : say.t('what.limit-set', work(say, entry, entry.perPeriod)),
  'budget-made': (entry, say) => {
    const { name, appId, every, usdCents, endsAt } = entry
    const amount =
      usdCents === undefined
        ? say.t('amount.tokens', tokens(say, entry.tokens ?? 0))
        : say.format.usd(usdCents)
    const facts = { name, app: say.apps.name(appId), amount, until: say.format.instant(endsAt) }
    return say.t(`what.budget-made.${every}`, facts)
  },
  'budget-revoked': ({ appId, budgetId }, { t, apps }) =>
    t('what.budget-revoked', { app: apps.name(appId), budget: budgetId }),
  purchase: (entry, say) => {
    const [usd, price] = [say.format.usd(entry.usdCents), say.format.usd(entry.unitPriceUsdCents)]
    return say.t('what.purchase', { ...tokens(say, entry.tokens), usd, price })
  },
  payment: ({ invoice, chargeBack, usdCents, status }, { t, format }) => {
    const usd = format.usd(usdCents)
    if (invoice !== undefined)
      return t(`what.payment.invoice.${status}`, { usd, period: format.period(invoice) })
    return chargeBack === undefined
      ? t(`what.payment.purchase.${status}`, { usd })
      : t(`what.payment.charge-back.${status}`, { usd, purchase: chargeBack })
  },
  'payment-requested': ({ purchaseId, usdCents }, { t, format }) =>
    t('what.payment-requested', { purchase: purchaseId, usd: format.usd(usdCents) }),
  reversal: (entry, say) =>
    say.t('what.reversal', { ...work(say, entry, entry.quantity), reason: entry.reason }),
  'purchase-given-up': ({ purchaseId }, { t }) => t('what.purchase-given-up', { purchase: purchaseId }),
  'tokens-taken-back': (entry, say) => say.t('what.tokens-taken-back', tokens(say, entry.tokens)),
  'payment-recovery': ({ action, dueId }, { t, format }) => {
    const [kind, subject = ''] = dueId.split(':')
    return kind === 'invoice'
      ? t(`what.recovery.invoice.${action}`, { period: format.period(subject) })
      : t(`what.recovery.charge-back.${action}`, { purchase: subject })
  },
  'lot-granted': ({ lot }, say) =>
    say.t('what.lot-granted', { ...tokens(say, lot.tokens), until: say.format.instant(lot.expiresAt) }),
  'lot-expiring': (entry, { t, format }) =>
    t('what.lot-expiring', { tokens: format.tokens(entry.tokens), count: entry.days }),
  'lot-expired': (entry, say) => say.t('what.lot-expired', tokens(say, entry.tokens)),
  'plan-changed': (entry, { t }) => t(`what.plan.${entry.payAsYouGo ? 'payAsYouGo' : entry.plan}`),
  'period-started': (entry, { t, format }) =>
    t(`what.period.${entry.plan}`, { period: format.period(entry.period) }),
  'period-closed': (entry, { t, format }) => {
    const total = entry.usdCents + (entry.carriedInUsdCents ?? 0)
    const due = format.usd(total - entry.creditUsdCents - (entry.carriedUsdCents ?? 0))
    return t('what.period-closed', { period: format.period(entry.period), due })
  },
  'app-moved': (entry, { t, apps }) => t('what.app-moved', { app: apps.name(entry.appId) }),
  'hub-named': (entry, { t }) => t('what.hub-named', { name: entry.name }),
  'team-changed': (entry, { t }) =>
    t('what.team-changed', {
      country: entry.country,
      method: t(`method.${entry.paymentMethod}`),
      standing: t(`standing.${entry.standing}`),
    }),
  'campaign-notice': (entry, { t, format }) =>
    t(`what.campaign.${entry.notice}`, { count: entry.apps, deadline: format.instant(entry.deadlineAt) }),
  'alert-noted': ({ isReached, measure, value, threshold }, { t, format }) => {
    const figure = (amount: number) => {
      if (measure === 'cost-usd-cents') return format.usd(amount)
      return measure === 'days-left'
        ? t('alertDays', { days: format.number(amount), count: amount })
        : t('alertTokens', { tokens: format.tokens(amount), count: amount })
    }
    const figures = { value: figure(value), threshold: figure(threshold) }
    return isReached ? t('what.alert.reached', figures) : t('what.alert.left', figures)
  },
  'subscriptions-changed': ({ subscriptions }, { t, format }) => {
    if (subscriptions.length === 0) return t('what.subscriptions.none')
    const rows = subscriptions.map(({ product, count, from, until }) => {
      const facts = { product, number: format.number(count), from: format.day(from) }
      return until === undefined
        ? t('what.subscriptions.open', facts)
        : t('what.subscriptions.until', { ...facts, until: format.day(until) })
    })
    return t('what.subscriptions.rows', { rows: rows.join(', ') })
  },
  suspended: (entry, { t }) => t('what.suspended', { reason: entry.reason }),
  resumed: (_, { t }) => t('what.resumed'),
  adjustment: (entry, say) =>
    entry.tokens > 0
      ? say.t('what.adjustment.tokens', { ...tokens(say, entry.tokens), reason: entry.reason })
      : say.t('what.adjustment.money', { usd: say.format.usd(entry.creditUsdCents), reason: entry.reason }),
  'personal-data-erased': (_, { t }) => t('what.personal-data-erased'),
}

/** The reason of an operator, in entries whose own words do not contain it. */
const reasonOf = ({ reason }: { readonly reason?: string | undefined }, { t }: Say) =>
  reason === undefined ? [] : [t('detail.reason', { reason })]

const details: Partial<Tellings<readonly string[]>> = {
  'team-changed': reasonOf,
  'subscriptions-changed': reasonOf,
  payment: reasonOf,
  resumed: reasonOf,
  reversal: (entry, { t, format }) => [
    ...(entry.tokens > 0 ? [t('detail.returnedTokens', { tokens: format.tokens(entry.tokens) })] : []),
    ...entry.creditNotes.map(({ number, period, usdCents }) =>
      t('detail.creditNote', { number, period: format.period(period), usd: format.usd(usdCents) }),
    ),
    ...(entry.creditUsdCents > 0 ? [t('detail.creditGiven', { usd: format.usd(entry.creditUsdCents) })] : []),
  ],
  usage: ({ source, id, time }, { t, format }) => [
    t('detail.usage', { source, id, time: format.instant(time) }),
  ],
  authorization: (entry, { t }) => [t('detail.authorization', { id: entry.authorizationId })],
  void: (entry, { t }) => [t('detail.authorization', { id: entry.authorizationId })],
  capture: ({ authorizationId, meter, released }, { t, meters }) => [
    t('detail.authorization', { id: authorizationId }),
    ...(released > 0 ? [t('detail.released', { released: meters.quantity(meter, released) })] : []),
  ],
  'plan-changed': ({ at, effectiveAt, spendLimitUsdCents }, { t, format }) => [
    ...(effectiveAt === at ? [] : [t('detail.effective', { at: format.instant(effectiveAt) })]),
    ...(spendLimitUsdCents === undefined
      ? []
      : [t('detail.spendLimit', { usd: format.usd(spendLimitUsdCents) })]),
  ],
  'period-closed': ({ usdCents, creditUsdCents }, { t, format }) =>
    creditUsdCents === 0
      ? []
      : [t('detail.credit', { total: format.usd(usdCents), credit: format.usd(creditUsdCents) })],
}
