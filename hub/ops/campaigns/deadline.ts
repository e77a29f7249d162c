/** Returns the UTC day of the last instant before a deadline, such as `2026-01-16`. */
export function lastDayOf(deadlineAt: string): string {
  return new Date(Date.parse(deadlineAt) - 1).toISOString().slice(0, 10)
}

/** Returns the instant of a UTC day and time, such as `2026-01-17` and `00:00`; undefined unless both are complete. */
export function deadlineOf(day: string, time: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return undefined
  return `${day}T${time}:00Z`
}

/** Returns the dates of reminders, of which those after `now` are moved by as much as the deadline. */
export function moveReminders(
  remindAt: readonly string[],
  deadline: { readonly from: string; readonly to: string },
  now: string,
): string[] {
  const distance = Date.parse(deadline.to) - Date.parse(deadline.from)
  return remindAt.map((at) => {
    if (Date.parse(at) <= Date.parse(now)) return at
    return new Date(Date.parse(at) + distance).toISOString().replace('.000Z', 'Z')
  })
}
