import { useTranslation } from 'react-i18next'
import type { InvoicesAnswer as Invoices } from '../../../contract/list-invoices.ts'
import { Button } from '../../components/button.tsx'
import { Panel } from '../../components/panel.tsx'
import { Table } from '../../components/table.tsx'
import { DocumentRow } from './document-row.tsx'
import { documentsOf } from './documents.ts'
import type { usePurchases } from './use-purchases.ts'

export interface DocumentListProps {
  readonly found: Pick<Invoices, 'invoices' | 'creditNotes'>
  readonly purchases: ReturnType<typeof usePurchases>
}

/** Invoices, credit notes and receipts in one list, newest first. */
export function DocumentList({ found, purchases }: DocumentListProps) {
  const { t } = useTranslation('invoices')
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = purchases
  const documents = documentsOf({ ...found, purchases: purchases.purchases, hasOlder: hasNextPage })
  const columns = [
    { name: t('column.kind') },
    { name: t('column.number') },
    { name: t('column.issued') },
    { name: t('column.amount'), isNumber: true },
    { name: t('column.status') },
    { name: t('column.download') },
  ]
  return (
    <Panel title={t('list.title')}>
      {documents.length === 0 ? (
        <p>{t('list.empty')}</p>
      ) : (
        <Table label={t('list.title')} columns={columns}>
          {documents.map((document) => (
            <DocumentRow key={document.key} document={document} />
          ))}
        </Table>
      )}
      {hasNextPage && (
        <div className="buttons">
          <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {t('list.older')}
          </Button>
        </div>
      )}
    </Panel>
  )
}
