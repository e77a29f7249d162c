import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'

/** Two, so that one machine shows what happens when two operators do something at the same time. */
const operators = ['mika@operators.example', 'ren@operators.example']

export function Operators({ onChoose }: { readonly onChoose: (email: string) => void }) {
  const { t } = useTranslation('choose-team')
  return (
    <ul>
      {operators.map((email) => (
        <li key={email}>
          <strong>{email}</strong>
          <Button look="primary" onPress={() => onChoose(email)} aria-label={`${t('signIn')}: ${email}`}>
            {t('signIn')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
