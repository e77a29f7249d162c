import { useTranslation } from 'react-i18next'
import { PageHeading } from '../../components/page-heading.tsx'

export function UsagePage() {
  const { t } = useTranslation('usage')
  return <PageHeading title={t('title')} />
}
