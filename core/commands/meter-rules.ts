import { authorize } from './authorize.ts'
import { capture } from './capture.ts'
import { recordUsage } from './record-usage.ts'
import { settle } from './settle.ts'
import { voidAuthorization } from './void-authorization.ts'

/** The rules of the commands that services give. Their functions contain no others. */
export const meterRules = {
  authorize,
  capture,
  void: voidAuthorization,
  settle,
  'record-usage': recordUsage,
}
