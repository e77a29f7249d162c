import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../api/client.ts'
import { useAnswer, useWrite } from '../../api/queries.ts'
import { Badge } from '../../components/badge.tsx'
import { AdminButton, Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Table } from '../../components/table.tsx'
import { View } from '../../components/view.tsx'
import { Wrapping } from '../../components/wrapping.tsx'
import { useSay } from '../../layout/messages.tsx'
import { useTeamId } from '../../session/session-context.ts'
import { useFormat } from '../../use-format.ts'
import { isNamed } from './settings.ts'

type Delivery = Answer<'listDeliveries'>['deliveries'][number]

const tones = { pending: 'warn', delivered: 'good', failed: 'bad' } as const
/** The deliveries, newest first, a page at a time. Failed ones can be sent again. */
export function Deliveries() {
  const { t } = useTranslation('notifications')
  const teamId = useTeamId()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const cursor = cursors.at(-1)
  const query = cursor === undefined ? {} : { cursor }
  const deliveries = useAnswer('listDeliveries', { params: { teamId }, query })
  return (
    <View
      query={deliveries}
      isEmpty={(found) => found.deliveries.length === 0 && cursors.length === 0}
      empty={<p>{t('deliveries.none')}</p>}
    >
      {(found) => (
        <>
          <DeliveryTable deliveries={found.deliveries} />
          <div className="buttons">
            <Button isDisabled={cursors.length === 0} onPress={() => setCursors(cursors.slice(0, -1))}>
              {t('deliveries.newer')}
            </Button>
            <Button
              isDisabled={found.cursor === undefined}
              onPress={() => found.cursor !== undefined && setCursors([...cursors, found.cursor])}
            >
              {t('deliveries.older')}
            </Button>
          </div>
        </>
      )}
    </View>
  )
}

function DeliveryTable({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const { t } = useTranslation('notifications')
  const teamId = useTeamId()
  const say = useSay()
  const format = useFormat()
  const resend = useWrite('resendDelivery')
  const { data: settings } = useAnswer('getNotifications', { params: { teamId } })
  const again = (deliveryId: string) =>
    resend.mutate({ params: { teamId, deliveryId } }, { onSuccess: () => say(t('deliveries.resent')) })
  const columns = ['event', 'to', 'state', 'last', 'actions'] as const
  return (
    <>
      {resend.error !== null && <ErrorState error={resend.error} />}
      <Table
        label={t('deliveries.title')}
        columns={columns.map((name) => ({ name: t(`deliveries.column.${name}`) }))}
      >
        {deliveries.map(({ deliveryId, endpointId, type, status, attempts }) => (
          <tr key={deliveryId}>
            <th scope="row">
              {isNamed(type) && t(`type.${type}`)} <code>{type}</code>
            </th>
            <td className="address">
              {endpointId === 'email' ? t('deliveries.mail') : <Wrapping text={addressOf(endpointId)} />}
            </td>
            <td>
              <Badge tone={tones[status]}>{t(`deliveries.status.${status}`)}</Badge>
            </td>
            <td>{lastAttempt(attempts.at(-1))}</td>
            <td>
              <AdminButton
                onPress={() => again(deliveryId)}
                isDisabled={status === 'pending'}
                aria-label={t('deliveries.resendOne', { type, deliveryId })}
              >
                {t('deliveries.resend')}
              </AdminButton>
            </td>
          </tr>
        ))}
      </Table>
    </>
  )

  /** Returns the URL of a webhook, or its id after the webhook was removed. */
  function addressOf(webhookId: string): string {
    return settings?.webhooks.find((webhook) => webhook.webhookId === webhookId)?.url ?? webhookId
  }

  function lastAttempt(attempt: Delivery['attempts'][number] | undefined): string {
    return attempt === undefined ? '–' : `${format.instant(attempt.at)} · ${attempt.outcome}`
  }
}
