import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { PageLink } from '../../components/page-link.tsx'
import { Panel } from '../../components/panel.tsx'
import { useFormat } from '../../use-format.ts'

interface FiguresProps {
  readonly team: Answer<'getTeam'>
  readonly balance: Answer<'getBalance'>
}

/** Figures and profile of the team. */
export function Figures({ team, balance }: FiguresProps) {
  const { t } = useTranslation('ops-team')
  const { t: layout } = useTranslation('layout')
  const { t: statement } = useTranslation('statement')
  const format = useFormat()
  const { payAsYouGo, flex, plan, dues = [] } = balance
  const owed = dues.reduce((sum, { usdCents }) => sum + usdCents, 0)
  return (
    <Panel title={t('figures.title')} aside={<PageLink page="overview">{t('figures.toHub')}</PageLink>}>
      <dl className="team-figures">
        <Named name={t('fact.plan')} text={layout(`plan.${plan}`)} />
        <Named name={t('fact.tokens')} text={format.tokens(flex.tokens)} />
        <Named name={t('fact.billUsdCents')} text={format.usd(payAsYouGo.usdCents ?? 0)} />
        <Named name={t('fact.owedUsdCents')} text={format.usd(owed)} />
        <Named name={t('fact.creditUsdCents')} text={format.usd(payAsYouGo.creditUsdCents ?? 0)} />
        <Named name={t('fact.country')} text={team.country} />
        <Named name={t('fact.paymentMethod')} text={statement(`method.${team.paymentMethod}`)} />
        <Named name={t('fact.standing')} text={t(`standing.${team.standing}`)} />
      </dl>
    </Panel>
  )
}

function Named({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  )
}
