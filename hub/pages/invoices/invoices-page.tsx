import { useTranslation } from 'react-i18next'
import { PageHeading } from '../../components/page-heading.tsx'

export function InvoicesPage() {
  const { t } = useTranslation('invoices')
  return <PageHeading title={t('title')} />
}
