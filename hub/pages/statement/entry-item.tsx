import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Badge } from '../../components/badge.tsx'
import { Instant } from '../../components/instant.tsx'
import { pathOf } from '../../paths.ts'
import { useTeamId } from '../../session/session-context.ts'
import type { Entry } from './entry.ts'
import { LotLink, PaidBy } from './paid-by.tsx'
import { useWords } from './words.ts'

interface EntryItemProps {
  readonly entry: Entry
  /** A button for an operator. */
  readonly act?: ReactNode
}

/** One entry in plain words, with what paid for it. */
export function EntryItem({ entry, act }: EntryItemProps) {
  const { t } = useTranslation('statement')
  const words = useWords()
  const { at, kind, actor, correlationId } = entry
  const details = [
    ...words.details(entry),
    ...(actor === undefined ? [] : [t('actor', { actor: actor.email ?? actor.name ?? actor.subject })]),
    ...(correlationId === undefined ? [] : [t('correlation', { correlationId })]),
  ]
  return (
    <li className="entry">
      <div className="when">
        <Instant at={at} />
        <span className="kind">{t(`kind.${kind}`)}</span>
      </div>
      <div className="what">
        <p>{words.sentence(entry)}</p>
        <Marks entry={entry} />
        {details.length > 0 && <small>{details.join(' · ')}</small>}
        <Leads entry={entry} />
      </div>
      <div className="paid">
        <PaidBy entry={entry} />
        {act}
      </div>
    </li>
  )
}

function Marks({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('statement')
  if (!('funding' in entry) || !(entry.late || entry.overrun)) return null
  return (
    <p className="marks">
      {entry.late && <Badge tone="warn">{t(`late.${entry.kind}`)}</Badge>}
      {entry.overrun && <Badge tone="warn">{t('overrun')}</Badge>}
    </p>
  )
}

/** Links from an entry to its lot or its invoice. */
function Leads({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('statement')
  const teamId = useTeamId()
  const lotId = lotOf(entry)
  const period = invoiceOf(entry)
  return (
    <>
      {lotId !== undefined && <LotLink lotId={lotId} />}
      {period !== undefined && <Link href={pathOf(teamId, 'invoices', { period })}>{t('toInvoice')}</Link>}
    </>
  )
}

/** The lot of a purchase has the id of the purchase. */
function lotOf(entry: Entry): string | undefined {
  switch (entry.kind) {
    case 'lot-granted':
      return entry.lot.lotId
    case 'lot-expiring':
    case 'lot-expired':
      return entry.lotId
    case 'purchase':
      return entry.purchaseId
    case 'payment':
      return entry.purchase ?? entry.chargeBack
    default:
      return undefined
  }
}

/** The period of a bill; undefined for a charge-back. */
function invoiceOfDue(dueId: string): string | undefined {
  return dueId.startsWith('invoice:') ? dueId.slice('invoice:'.length) : undefined
}

function invoiceOf(entry: Entry): string | undefined {
  if (entry.kind === 'payment') return entry.invoice
  if (entry.kind === 'payment-recovery') return invoiceOfDue(entry.dueId)
  return entry.kind === 'period-closed' ? entry.period : undefined
}
