import { useTranslation } from 'react-i18next'
import { alarmNames } from './alarm-names.ts'
import { RunbookLink } from './runbook-link.tsx'

/** The titles of all alarms with their sections. */
export function AlarmList({ runbookUrl }: { readonly runbookUrl: string | undefined }) {
  const { t } = useTranslation('ops-alarms')
  return (
    <dl className="runbook">
      {alarmNames.map((name) => (
        <div key={name}>
          <dt>{t(`alarm.${name}`)}</dt>
          <dd>
            <RunbookLink section={name} runbookUrl={runbookUrl} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
