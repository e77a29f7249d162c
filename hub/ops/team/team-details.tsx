import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice } from '../../components/choice.tsx'
import { Select } from '../../components/select.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useClient, useTeamId } from '../../session/session-context.ts'
import { ActDialog } from './act-dialog.tsx'
import type { ActProps } from './simple-acts.tsx'
import { type TeamRead, useTeamRead, useUnlessStale } from './team-read.ts'

/** Changes the name and the profile, as far as nobody else has changed them since the form was opened. */
export function TeamDetails({ onClose }: ActProps) {
  const read = useTeamRead()
  return read === undefined ? null : <DetailsForm read={read} onClose={onClose} />
}

function DetailsForm({ read, onClose }: ActProps & { readonly read: TeamRead }) {
  const { t } = useTranslation('ops-team')
  const { t: statement } = useTranslation('statement')
  const teamId = useTeamId()
  const [name, setName] = useState(read.answer.name)
  const [country, setCountry] = useState(read.answer.country)
  const [paymentMethod, setMethod] = useState(read.answer.paymentMethod)
  const [standing, setStanding] = useState(read.answer.standing)
  const change = useUnlessStale(read.etag)
  const client = useClient()
  const methods = (['credit-card', 'paypal', 'none'] as const).map((value) => ({
    value,
    text: statement(`method.${value}`),
  }))
  return (
    <ActDialog
      title={t('details.title')}
      confirm={t('details.confirm')}
      done={t('details.done')}
      isDangerous={standing === 'bad'}
      isReady={name.trim() !== '' && /^[A-Z]{2}$/.test(country)}
      run={({ reason, preview }) =>
        change((ifMatch) =>
          client.call('registerTeam', {
            params: { teamId },
            query: { preview },
            body: { name: name.trim(), country, paymentMethod, standing, reason },
            ifMatch,
          }),
        )
      }
      onClose={onClose}
    >
      <TextField label={t('fact.name')} value={name} onChange={setName} lengthMax={100} isRequired />
      <TextField
        label={t('fact.country')}
        hint={t('details.countryHint')}
        value={country}
        onChange={(text) => setCountry(text.toUpperCase())}
        lengthMax={2}
        isRequired
      />
      <Select
        label={t('fact.paymentMethod')}
        value={paymentMethod}
        options={methods}
        onChange={(value) => setMethod(methods.find((each) => each.value === value)?.value ?? paymentMethod)}
      />
      <Choice
        label={t('fact.standing')}
        value={standing}
        onChange={setStanding}
        options={{ good: t('standing.good'), bad: t('standing.bad') }}
      />
    </ActDialog>
  )
}
