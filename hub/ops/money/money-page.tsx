import { useTranslation } from 'react-i18next'
import { PageHeading } from '../../components/page-heading.tsx'
import { ListPanel } from './list-panel.tsx'
import './money.css'
import { NeedsPanel } from './needs-panel.tsx'

/** Money across all teams: first what needs a person, then everything that is due or happened in a month. */
export function MoneyPage() {
  const { t } = useTranslation('ops-money')
  return (
    <>
      <PageHeading title={t('title')} />
      <div className="money">
        <NeedsPanel />
        <ListPanel />
      </div>
    </>
  )
}
