import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/badge.tsx'
import type { Invoice } from './invoice-list.tsx'

const tones = { paid: 'good', due: 'plain', overdue: 'bad' } as const

export function StatusBadge({ status }: Pick<Invoice, 'status'>) {
  const { t } = useTranslation('invoices')
  return <Badge tone={tones[status]}>{t(`status.${status}`)}</Badge>
}
