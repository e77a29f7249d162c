import { useTranslation } from 'react-i18next'
import { PageHeading } from '../../components/page-heading.tsx'

export function NotificationsPage() {
  const { t } = useTranslation('notifications')
  return <PageHeading title={t('title')} />
}
