import { dispatch } from '../http/dispatch.ts'
import { openMeterDeps } from '../runtime/meter-deps.ts'
import { captureAuthorization, captureCommands } from './capture-authorization.ts'
import { getAuthorization } from './get-authorization.ts'

const deps = openMeterDeps(captureCommands)

/** The calls of a running authorization. Reading its state needs no further permission than capturing. */
export const handler = dispatch<'capture-authorization'>({
  captureAuthorization: captureAuthorization(deps),
  getAuthorization: getAuthorization(deps),
})
