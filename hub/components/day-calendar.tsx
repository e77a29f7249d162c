import { Button } from 'react-aria-components/Button'
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
} from 'react-aria-components/Calendar'
import { Dialog } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import './day-calendar.css'
import { firstDay } from './days.ts'

const gapPixels = 4

/** The calendar of a day field. Escape and a press outside close it. */
export function DayCalendar() {
  return (
    <Popover className="day-calendar" offset={gapPixels}>
      <Dialog>
        <Calendar minValue={firstDay}>
          <header>
            <Turn slot="previous" path="M10 3 5 8l5 5" />
            <CalendarHeading />
            <Turn slot="next" path="m6 3 5 5-5 5" />
          </header>
          <CalendarGrid>
            <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
            <CalendarGridBody>{(day) => <CalendarCell date={day} />}</CalendarGridBody>
          </CalendarGrid>
        </Calendar>
      </Dialog>
    </Popover>
  )
}

/** The button for the previous or next month. The calendar gives it its name. */
function Turn({ slot, path }: { readonly slot: 'previous' | 'next'; readonly path: string }) {
  return (
    <Button slot={slot}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
    </Button>
  )
}
