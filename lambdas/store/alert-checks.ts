import type { Operations } from './operations.ts'

/**
 * Notifies a team of the thresholds that its figures have crossed since the last check. Returns the number of notes. Any run
 * may be repeated, late or interrupted: the state of the alerts changes in the transaction of the entry. Nothing is written
 * where nothing was crossed.
 */
export async function checkAlerts(
  operations: Pick<Operations, 'preview' | 'run'>,
  teamId: string,
): Promise<number> {
  const command = { kind: 'check-alerts' } as const
  const seen = await operations.preview(teamId, command)
  if (seen === 'absent' || 'refused' in seen || seen.decision.entries.length === 0) return 0
  const result = await operations.run(teamId, command)
  return typeof result === 'object' && 'answer' in result ? result.answer : 0
}
