import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { archiveObjects } from '../audit/archive-objects.ts'

/** An object that `change` modifies, and the number of its modified lines. */
export interface ChangedObject {
  readonly object: string
  readonly changed: number
}

/**
 * Applies `change` to every line of an archive, object by object. If `isApplied`, replaces the modified
 * objects and leaves the others as they are. `where` is a folder, or `s3://bucket/folder` read with the SDK's
 * own settings.
 */
export async function* changeArchive(
  where: string,
  change: (line: string) => string,
  isApplied: boolean,
): AsyncGenerator<ChangedObject> {
  for await (const { object, content, replace } of archiveObjects(where)) {
    const before = gunzipSync(await buffer(content))
      .toString('utf8')
      .split('\n')
    const after = before.map((line) => (line === '' ? line : change(line)))
    const changed = after.filter((line, index) => line !== before[index]).length
    if (changed === 0) continue
    if (isApplied) await replace(gzipSync(after.join('\n')))
    yield { object, changed }
  }
}
