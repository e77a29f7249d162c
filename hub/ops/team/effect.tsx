import { useTranslation } from 'react-i18next'
import type { ActEffectAnswer } from '../../../contract/act-effect.ts'
import { Table } from '../../components/table.tsx'
import { useMeters } from '../../meters.ts'
import { useFormat } from '../../use-format.ts'

export type Effect = ActEffectAnswer
type Facts = Effect['after']
type Fact = keyof Facts

/** The order in which changed facts are shown. */
const order: readonly Fact[] = [
  'suspension',
  'name',
  'country',
  'paymentMethod',
  'standing',
  'plan',
  'payAsYouGo',
  'tokens',
  'creditUsdCents',
  'owedUsdCents',
  'billUsdCents',
  'unbilledUsdCents',
  'shortfallUnits',
  'subscriptions',
  'apps',
  'appsWorking',
  'members',
  'admins',
  'refused',
]

/** The facts of the team that an act changes, before and after. */
export function EffectTable({ effect: { before, after } }: { readonly effect: Effect }) {
  const { t } = useTranslation('ops-team')
  const text = useFactText()
  const changed = order
    .map((fact) => ({ fact, from: before && text(fact, before), to: text(fact, after) }))
    .filter(({ from, to }) => from !== to)
  if (changed.length === 0) return <p>{t('effect.none')}</p>
  const columns = [{ name: t('effect.fact') }, { name: t('effect.before') }, { name: t('effect.after') }]
  return (
    <Table label={t('effect.title')} columns={columns}>
      {changed.map(({ fact, from, to }) => (
        <tr key={fact}>
          <th scope="row">{t(`fact.${fact}`)}</th>
          <td>{from ?? t('effect.nothing')}</td>
          <td>{to}</td>
        </tr>
      ))}
    </Table>
  )
}

function useFactText(): (fact: Fact, facts: Facts) => string {
  const { t } = useTranslation('ops-team')
  const { t: layout } = useTranslation('layout')
  const { t: statement } = useTranslation('statement')
  const format = useFormat()
  const meters = useMeters()
  const join = (texts: readonly string[]) =>
    texts.length === 0 ? t('effect.nothing') : texts.join(t('effect.and'))
  return (fact, facts) => {
    switch (fact) {
      case 'suspension':
        return facts.suspension ?? t('effect.nothing')
      case 'name':
      case 'country':
        return facts[fact]
      case 'paymentMethod':
        return statement(`method.${facts.paymentMethod}`)
      case 'standing':
        return t(`standing.${facts.standing}`)
      case 'plan':
        return layout(`plan.${facts.plan}`)
      case 'payAsYouGo':
        return facts.payAsYouGo ? t('effect.yes') : t('effect.no')
      case 'tokens':
        return format.tokens(facts.tokens)
      case 'creditUsdCents':
      case 'owedUsdCents':
      case 'billUsdCents':
      case 'unbilledUsdCents':
        return format.usd(facts[fact])
      case 'subscriptions':
        return join(facts.subscriptions.map(({ product, count }) => `${product} × ${format.number(count)}`))
      case 'refused':
        return join(
          facts.refused.map(({ title, meter }) =>
            meter === undefined ? title : `${title} (${meters.name(meter)})`,
          ),
        )
      default:
        return format.number(facts[fact])
    }
  }
}
