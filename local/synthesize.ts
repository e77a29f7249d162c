import { join } from 'node:path'
import { runNode } from './run-node.ts'
import { makeOnce, root } from './sources.ts'

/**
 * Issuer and audience of the tokens on one machine. They have no port, because a template must not depend on
 * it.
 */
export const localAuthority = { issuer: 'http://127.0.0.1/local', audience: ['tollgate'] }

/**
 * The settings of the stage on one machine. They omit two stacks: `Identity`, because the local issuer issues
 * the tokens, and `Site`, because the runtime serves the page.
 */
const settings = {
  stage: 'local',
  localRuntime: true,
  payments: 'sandbox',
  mailFrom: 'tollgate@example.com',
  issuer: localAuthority.issuer,
  audience: localAuthority.audience[0],
  page: 'none',
}

/**
 * Runs the CDK application unless its sources are unchanged. Returns the folder of the templates and the
 * functions' bundles. Throws `CannotStart` with the application's output.
 */
export function synthesize(outDir: string = join(root, 'dist', 'local')): Promise<string> {
  const sources = ['bin', 'lib', 'lambdas', 'contract', 'core', 'package-lock.json']
  return makeOnce({ outDir, sources, make: runApp })
}

function runApp(folder: string): Promise<void> {
  return runNode('The template cannot be made', [join(root, 'bin', 'app.ts')], {
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify(settings),
    CDK_DISABLE_STACK_TRACE: '1',
    // These checks take most of a synthesis. The deployment's synthesis and the tests check the template.
    CDK_VALIDATION: 'false',
  })
}
