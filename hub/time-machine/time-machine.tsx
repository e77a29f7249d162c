import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format.ts'
import { useTestClock } from './test-clock.ts'
import './time-machine.css'

/** On one machine only: what time it is for everything that is shown. */
export function TimeMachine() {
  const { t } = useTranslation('time')
  const format = useFormat()
  const { data } = useTestClock()
  return (
    <section className="time-machine" aria-label={t('title')}>
      {data && t('now', { at: format.instant(data.now) })}
    </section>
  )
}
