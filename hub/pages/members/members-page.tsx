import { useTranslation } from 'react-i18next'
import { PageHeading } from '../../components/page-heading.tsx'

export function MembersPage() {
  const { t } = useTranslation('members')
  return <PageHeading title={t('title')} />
}
