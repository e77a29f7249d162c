import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paymentReference } from '../../../core/account/payment-reference.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/text-field.tsx'
import type { Entry, EntryOf } from '../../pages/statement/entry.ts'
import { useClient, useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { ActDialog } from './act-dialog.tsx'
import type { ActProps } from './simple-acts.tsx'

type Use = EntryOf<'usage' | 'capture'>
type Paid = EntryOf<'purchase' | 'payment'>

/** The act that is about an entry: a use is taken back, a payment is refunded. */
export function EntryAct({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('ops-team')
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  const isUse = entry.kind === 'usage' || entry.kind === 'capture'
  const isPaid = entry.kind === 'purchase' || (entry.kind === 'payment' && entry.status === 'settled')
  if (!isUse && !isPaid) return null
  return (
    <>
      <Button look="quiet" onPress={() => setOpen(true)}>
        {isUse ? t('reverse.open') : t('refund.open')}
      </Button>
      {isOpen && isUse && <TakeBack use={entry} onClose={close} />}
      {isOpen && isPaid && <Refund paid={entry} onClose={close} />}
    </>
  )
}

/** Takes back a usage event, or all captures of an authorization, with its charges. */
function TakeBack({ use, onClose }: ActProps & { readonly use: Use }) {
  const { t } = useTranslation('ops-team')
  const client = useClient()
  const params = { teamId: useTeamId() }
  const [reversalId] = useState(() => `console-${crypto.randomUUID()}`)
  const operation =
    use.kind === 'usage' ? { source: use.source, id: use.id } : { authorizationId: use.authorizationId }
  return (
    <ActDialog
      title={t('reverse.title')}
      detail={<p>{use.kind === 'usage' ? t('reverse.event') : t('reverse.authorization')}</p>}
      confirm={t('reverse.confirm')}
      done={t('reverse.done')}
      isDangerous
      run={({ reason, preview }) =>
        client.call('reverseUsage', {
          params,
          query: { preview },
          body: { reversalId, ...operation, reason },
        })
      }
      onClose={onClose}
    />
  )
}

/** Notes that the payment processor has given a payment back. Tollgate itself moves no money. */
function Refund({ paid, onClose }: ActProps & { readonly paid: Paid }) {
  const { t } = useTranslation('ops-team')
  const client = useClient()
  const format = useFormat()
  const teamId = useTeamId()
  const [paymentId, setPaymentId] = useState(paid.kind === 'payment' ? paid.paymentId : '')
  const { usdCents } = paid
  const invoiceOrPurchaseId = paymentReference(teamId, paidForOf(paid))
  return (
    <ActDialog
      title={t('refund.title', { usd: format.usd(usdCents) })}
      detail={<p>{t('refund.detail')}</p>}
      confirm={t('refund.confirm')}
      done={t('refund.done')}
      isDangerous
      isReady={paymentId.trim() !== ''}
      run={({ reason, preview }) =>
        client.call('reportPayment', {
          query: { preview },
          body: { paymentId: paymentId.trim(), invoiceOrPurchaseId, usdCents, status: 'refunded', reason },
        })
      }
      onClose={onClose}
    >
      <TextField
        label={t('refund.paymentId')}
        hint={t('refund.paymentIdHint')}
        value={paymentId}
        onChange={setPaymentId}
        lengthMax={64}
        isRequired
      />
    </ActDialog>
  )
}

function paidForOf(paid: Paid) {
  if (paid.kind === 'purchase') return { purchase: paid.purchaseId }
  if (paid.invoice !== undefined) return { invoice: paid.invoice }
  return paid.chargeBack === undefined ? { purchase: paid.purchase ?? '' } : { chargeBack: paid.chargeBack }
}
