import type { AttributeValue, DynamoDBRecord } from 'aws-lambda'
import { accountSortKey, parseAccountKey, setupSortKey } from '../store/keys.ts'

/** A team whose row in the directory may have changed, with the record that says so. */
export interface DirectoryChange {
  readonly teamId: string
  readonly sequence: string
}

/**
 * Teams whose rows may have changed: by a state of the account, a name, an app or a member. Use changes none of these, and is
 * seen in the record alone, so it costs no read.
 */
export function directoryChanges(records: readonly DynamoDBRecord[]): readonly DirectoryChange[] {
  const changes = new Map<string, DirectoryChange>()
  for (const { dynamodb } of records) {
    const pk = dynamodb?.Keys?.pk?.S ?? dynamodb?.NewImage?.pk?.S
    const sk = dynamodb?.Keys?.sk?.S ?? dynamodb?.NewImage?.sk?.S
    if (pk === undefined) continue
    const isChanged =
      sk === setupSortKey ||
      (sk === accountSortKey && shownOf(dynamodb?.OldImage) !== shownOf(dynamodb?.NewImage))
    const teamId = parseAccountKey(pk)
    if (isChanged) changes.set(teamId, { teamId, sequence: dynamodb?.SequenceNumber ?? '' })
  }
  return [...changes.values()]
}

/** The parts of an account's item on which its row depends. A name has the version of the entry that gave it. */
function shownOf(image: Readonly<Record<string, AttributeValue>> | undefined): string {
  if (image === undefined) return ''
  const { suspendedBecause, overdueSince, dues, shortfall, terms, teamVersion } = image
  return JSON.stringify([
    suspendedBecause !== undefined,
    overdueSince?.N ?? '',
    dues?.L ?? [],
    shortfall !== undefined,
    terms !== undefined,
    teamVersion?.N ?? '',
  ])
}
