import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../components/skeleton.tsx'
import { AlarmList } from './alarm-list.tsx'
import { alarmNames } from './alarm-names.ts'

interface RunbookListProps {
  readonly runbookUrl: string | undefined
}

/** Every alarm with its section of the runbook. Their titles, and the characters of these, are loaded when they are shown. */
export function RunbookList({ runbookUrl }: RunbookListProps) {
  const { t } = useTranslation('ops-health')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <p>{runbookUrl === undefined ? t('runbook.inProject') : t('runbook.detail')}</p>
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>{t('runbook.show', { count: alarmNames.length })}</summary>
        {isOpen && (
          <Suspense fallback={<Skeleton />}>
            <AlarmList runbookUrl={runbookUrl} />
          </Suspense>
        )}
      </details>
    </>
  )
}
