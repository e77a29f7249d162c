import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { View } from '../../components/view.tsx'
import { findPeople } from './local-issuer.ts'

export interface PeopleProps {
  readonly search: string
  readonly onChoose: (email: string) => void
}

/** People who can sign in by their address. Their memberships decide what they see. */
export function People({ search, onChoose }: PeopleProps) {
  const { t } = useTranslation('choose-team')
  const words = useDeferredValue(search)
  const people = useQuery({
    queryKey: ['local people', words],
    queryFn: () => findPeople(words),
    placeholderData: keepPreviousData,
  })
  return (
    <View query={people} isEmpty={(found) => found.people.length === 0} empty={<p>{t('nobody')}</p>}>
      {(found) => (
        <>
          <ul>
            {found.people.map(({ email, teamIds }) => (
              <li key={email}>
                <span>
                  <strong>{email}</strong>
                  <br />
                  <small>{teamIds.join(', ')}</small>
                </span>
                <Button onPress={() => onChoose(email)} aria-label={`${t('signIn')}: ${email}`}>
                  {t('signIn')}
                </Button>
              </li>
            ))}
          </ul>
          {found.hasMore && <p>{t('morePeople')}</p>}
        </>
      )}
    </View>
  )
}
