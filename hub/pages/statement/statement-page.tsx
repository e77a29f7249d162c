import { useTranslation } from 'react-i18next'
import { PageHeading } from '../../components/page-heading.tsx'

export function StatementPage() {
  const { t } = useTranslation('statement')
  return <PageHeading title={t('title')} />
}
