import { useTranslation } from 'react-i18next'
import type { InvoicesAnswer as Invoices } from '../../../contract/list-invoices.ts'
import { Badge } from '../../components/badge.tsx'

const tones = { paid: 'good', due: 'plain', overdue: 'bad', carried: 'plain', refunded: 'plain' } as const

export function StatusBadge({ status }: Pick<Invoices['invoices'][number], 'status'>) {
  const { t } = useTranslation('invoices')
  return <Badge tone={tones[status]}>{t(`status.${status}`)}</Badge>
}
