import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Answer } from '../../api/client.ts'
import { Instant } from '../../components/instant.tsx'
import { Table } from '../../components/table.tsx'
import { teamPathOf } from '../paths.ts'

type Letter = Answer<'redriveDeadLetters'>['letters'][number]

/** Letters with the work to repeat, the event and team that they are about, and the failure. */
export function LetterTable({ letters }: { readonly letters: readonly Letter[] }) {
  const { t } = useTranslation('ops-health')
  const columns = [
    { name: t('letter.sent') },
    { name: t('letter.work') },
    { name: t('letter.about') },
    { name: t('letter.cause') },
  ]
  return (
    <Table label={t('letter.title')} columns={columns}>
      {letters.map((letter) => (
        <tr key={letter.letterId}>
          <th scope="row">{letter.sentAt === undefined ? '–' : <Instant at={letter.sentAt} />}</th>
          <td>{t(`work.${letter.work}`, { name: letter.functionName ?? '' })}</td>
          <td>
            <About letter={letter} />
          </td>
          <td className="id">{letter.cause ?? '–'}</td>
        </tr>
      ))}
    </Table>
  )
}

function About({ letter: { eventType, teamId } }: { readonly letter: Letter }) {
  return (
    <>
      {eventType !== undefined && <code>{eventType}</code>}
      {teamId !== undefined && (
        <>
          {' '}
          <Link href={teamPathOf(teamId)} className="id">
            {teamId}
          </Link>
        </>
      )}
      {eventType === undefined && teamId === undefined && '–'}
    </>
  )
}
