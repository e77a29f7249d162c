import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberAnswer } from '../../../contract/member.ts'
import { Choice } from '../../components/choice.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useClient, useTeamId } from '../../session/session-context.ts'
import { ActDialog } from './act-dialog.tsx'

export interface ActProps {
  readonly onClose: () => void
}

/** Stops all apps of the team. */
export function Suspend({ onClose }: ActProps) {
  const { t } = useTranslation('ops-team')
  const client = useClient()
  const params = { teamId: useTeamId() }
  return (
    <ActDialog
      title={t('suspend.title')}
      detail={<p>{t('suspend.detail')}</p>}
      confirm={t('suspend.confirm')}
      done={t('suspend.done')}
      isDangerous
      run={({ reason, preview }) =>
        client.call('suspendTeam', { params, query: { preview }, body: { reason } })
      }
      onClose={onClose}
    />
  )
}

/** Ends the suspension. */
export function Resume({ onClose }: ActProps) {
  const { t } = useTranslation('ops-team')
  const client = useClient()
  const params = { teamId: useTeamId() }
  return (
    <ActDialog
      title={t('resume.title')}
      confirm={t('resume.confirm')}
      done={t('resume.done')}
      run={(query) => client.call('resumeTeam', { params, query })}
      onClose={onClose}
    />
  )
}

/** Gives tokens, or a credit on the next bill. The id of the adjustment belongs to the form, so that it counts once. */
export function Credit({ onClose }: ActProps) {
  const { t } = useTranslation('ops-team')
  const client = useClient()
  const params = { teamId: useTeamId() }
  const [adjustmentId] = useState(() => `console-${crypto.randomUUID()}`)
  const [kind, setKind] = useState<'tokens' | 'money'>('tokens')
  const [amount, setAmount] = useState<number>()
  const isMoney = kind === 'money'
  const given = (value: number) => (isMoney ? { usdCents: Math.round(value * 100) } : { tokens: value })
  return (
    <ActDialog
      title={t('credit.title')}
      confirm={t('credit.confirm')}
      done={t('credit.done')}
      isReady={amount !== undefined && amount > 0}
      run={({ reason, preview }) =>
        client.call('adjustTeam', {
          params,
          query: { preview },
          body: { adjustmentId, ...given(amount ?? 0), reason },
        })
      }
      onClose={onClose}
    >
      <Choice
        label={t('credit.kind')}
        value={kind}
        onChange={setKind}
        options={{ tokens: t('credit.tokens'), money: t('credit.money') }}
      />
      <NumberField
        key={kind}
        label={isMoney ? t('credit.usd') : t('credit.amount')}
        defaultValue={amount}
        decimalsMax={isMoney ? 2 : 0}
        onType={setAmount}
      />
    </ActDialog>
  )
}

/** Registers an app, which is outside the hub until the team moves it, or changes the name of one of the team. */
export function RegisterApp({ onClose }: ActProps) {
  const { t } = useTranslation('ops-team')
  const client = useClient()
  const teamId = useTeamId()
  const [appId, setAppId] = useState('')
  const [name, setName] = useState('')
  return (
    <ActDialog
      title={t('app.title')}
      detail={<p>{t('app.detail')}</p>}
      confirm={t('app.confirm')}
      done={t('app.done', { name: name.trim() })}
      isReady={appId.trim() !== '' && name.trim() !== ''}
      run={({ reason, preview }) =>
        client.call('registerApp', {
          params: { appId: appId.trim() },
          query: { preview },
          body: { teamId, name: name.trim(), reason },
        })
      }
      onClose={onClose}
    >
      <TextField label={t('app.id')} value={appId} onChange={setAppId} lengthMax={64} isRequired />
      <TextField label={t('app.name')} value={name} onChange={setName} lengthMax={100} isRequired />
    </ActDialog>
  )
}

/** Removes a person from the team, also its last admin. */
export function RemovePerson({ member, onClose }: ActProps & { readonly member: MemberAnswer }) {
  const { t } = useTranslation('ops-team')
  const client = useClient()
  const teamId = useTeamId()
  const { memberId, email } = member
  return (
    <ActDialog
      title={t('remove.title', { email })}
      detail={<p>{t('remove.detail')}</p>}
      confirm={t('remove.confirm')}
      done={t('remove.done', { email })}
      isDangerous
      run={(query) => client.call('removeMember', { params: { teamId, memberId }, query })}
      onClose={onClose}
    />
  )
}
