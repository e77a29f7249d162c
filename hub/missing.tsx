import { useTranslation } from 'react-i18next'
import type { MissingAnswer } from '../contract/missing.ts'
import { useMeters } from './meters.ts'
import { useFormat } from './use-format.ts'
import './missing.css'

type MissingItem = MissingAnswer

/** A refusal of one meter or of all meters, with its causes. */
interface Explained {
  readonly meter?: string
  readonly missing: readonly MissingItem[]
}

/** The facts of refusals as a short list. A fact that is not true of all of them names its meters. */
export function Missing({ refused }: { readonly refused: readonly Explained[] }) {
  const meters = useMeters()
  const facts = useFacts()
  const rows = refused.flatMap(({ meter = '', missing }) =>
    missing.flatMap((item, index) => facts(item, meter, index === 0).map((text) => ({ meter, text }))),
  )
  if (rows.length === 0) return null
  const byText = Map.groupBy(rows, ({ text }) => text)
  const namesIn = (those: typeof rows) => {
    const concerned = [...new Set(those.map(({ meter }) => meter))]
    return concerned.length < refused.length ? concerned.map(meters.name).join(' · ') : ''
  }
  return (
    <ul className="missing">
      {[...byText].map(([text, those]) => (
        <li key={text}>
          {text} <small>{namesIn(those)}</small>
        </li>
      ))}
    </ul>
  )
}

/** Writes the facts of one item. The title of a refusal already says its first item, so that item needs no sentence. */
function useFacts(): (item: MissingItem, meter: string, isFirst: boolean) => readonly string[] {
  const { t } = useTranslation()
  const meters = useMeters()
  const format = useFormat()
  return (item, meter, isFirst) => {
    const {
      since,
      tokens = 0,
      usdCents,
      limit = 0,
      used = 0,
      held = 0,
      stoppedBy,
      lapses = [],
      unmet = [],
    } = item
    const count = { count: tokens, tokens: format.tokens(tokens) }
    const lapsed = item.payAsYouGo === true ? unmet.map((condition) => t(`missing.unmet.${condition}`)) : []
    // Only admins read money: for developers, the title of the refusal is all.
    const money = usdCents === undefined ? undefined : { amount: format.usd(usdCents) }
    switch (item.code) {
      case 'AUTHORIZATION_CLOSED':
      case 'UNKNOWN_APP':
      case 'QUOTE_NOT_VALID':
      case 'BUDGET_EXHAUSTED':
        return []
      case 'APP_NOT_IN_HUB':
        return isFirst ? [] : [t('missing.hub')]
      case 'NO_PLAN':
        return isFirst ? [] : [t('missing.plan')]
      case 'TEAM_SUSPENDED':
        return isFirst ? [] : [t('missing.suspended')]
      case 'PAYMENT_OVERDUE':
        if (since === undefined || money === undefined) return []
        return [t('missing.overdue', { ...money, at: format.instant(since) })]
      case 'SHORTFALL_DUE':
        if (money === undefined) return []
        if (unmet.length > 0) return [t('missing.shortfallTokens', count), ...lapsed]
        return [t('missing.shortfall', { ...count, ...money })]
      case 'APP_LIMIT_REACHED':
      case 'FREE_LIMIT_REACHED': {
        const write = (quantity: number) => meters.quantity(meter, quantity)
        const usedText = t('gauge.used', { used: write(used), limit: write(limit) })
        const heldText = held > 0 ? ` · ${t('gauge.held', { held: write(held) })}` : ''
        const stopped = stoppedBy === undefined ? [] : [t('missing.stopped', { by: meters.name(stoppedBy) })]
        return [`${usedText}${heldText}`, ...stopped]
      }
      case 'TOKENS_EXHAUSTED':
        return [t('missing.tokens', count), ...lapses.map(lapse), ...lapsed]
      case 'SPEND_LIMIT_REACHED':
        return [
          ...(money === undefined
            ? [t('missing.tokens', count)]
            : [t('missing.spend', { ...count, ...money })]),
          ...lapses.map(lapse),
        ]
    }
  }

  function lapse({ tokens, expiresAt }: NonNullable<MissingItem['lapses']>[number]): string {
    return t('missing.lapse', {
      count: tokens,
      tokens: format.tokens(tokens),
      at: format.instant(expiresAt),
    })
  }
}
