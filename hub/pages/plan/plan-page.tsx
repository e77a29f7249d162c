import { useTranslation } from 'react-i18next'
import { PageHeading } from '../../components/page-heading.tsx'

export function PlanPage() {
  const { t } = useTranslation('plan')
  return <PageHeading title={t('title')} />
}
