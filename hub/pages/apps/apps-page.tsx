import { useTranslation } from 'react-i18next'
import { PageHeading } from '../../components/page-heading.tsx'

export function AppsPage() {
  const { t } = useTranslation('apps')
  return <PageHeading title={t('title')} />
}
