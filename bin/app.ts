import { App, Stack, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { ApiStack } from '../lib/api-stack.ts'
import { ArchiveStack } from '../lib/archive-stack.ts'
import { givenIdentity } from '../lib/authority.ts'
import { type Config, readConfig, WrongContext } from '../lib/config.ts'
import { DataStack } from '../lib/data-stack.ts'
import { EventStack } from '../lib/event-stack.ts'
import { IdentityStack } from '../lib/identity-stack.ts'
import { ObservabilityStack } from '../lib/observability-stack.ts'
import { OperationsStack } from '../lib/operations-stack.ts'
import { SiteStack } from '../lib/site-stack.ts'
import { WorkflowStack } from '../lib/workflow-stack.ts'
import { buildFunctions, bundlesFolder } from './build.ts'
import { buildPage } from './build-page.ts'

// Findings of the offline CloudFormation rules fail the synth, with the CLI or without it.
const app = new App({
  context: {
    '@aws-cdk/core:validateAgainstDefaultRules': true,
    '@aws-cdk/core:defaultCrossStackReferences': 'strong',
    // Log buckets allow writes by policy, without access control lists.
    '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  },
})
Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
const config = readOrExit()
if (config.bundles === undefined) buildFunctions()
const bundles = config.bundles ?? bundlesFolder
const { table, signingKeys } = new DataStack(app, `Tollgate-${config.stage}-Data`, { config })
const identity =
  config.issuer === undefined
    ? new IdentityStack(app, `Tollgate-${config.stage}-Identity`, { config, bundles, table })
    : givenIdentity(config.issuer, config)
const { authority, pageClient } = identity
const workflows = new WorkflowStack(app, `Tollgate-${config.stage}-Workflows`, { config, bundles, table })
const events = new EventStack(app, `Tollgate-${config.stage}-Events`, {
  config,
  bundles,
  table,
  signingKeys,
})
const archive = new ArchiveStack(app, `Tollgate-${config.stage}-Archive`, { config, bundles, table })
const { apiUrl } = new ApiStack(app, `Tollgate-${config.stage}-Api`, {
  config,
  authority,
  agentScopes: pageClient.scopes.filter((scope) => scope.startsWith('hub')),
  bundles,
  table,
  signingKeys,
  deadLetters: [workflows, events, archive].flatMap(({ deadLetters }) => deadLetters),
})
const { breakGlass } = new OperationsStack(app, `Tollgate-${config.stage}-Operations`, {
  config,
  table,
  archive: archive.bucket,
})
// It watches the functions of the stacks above.
new ObservabilityStack(app, `Tollgate-${config.stage}-Observability`, { config, breakGlass })
// The functions below run only during a deployment, and CloudFront's metrics are in another region, so there is
// nothing to watch.
if (config.page !== 'none') {
  const page = config.page ?? buildPage()
  new SiteStack(app, `Tollgate-${config.stage}-Site`, { config, identity, apiUrl, page })
}
for (const stack of app.node.children)
  if (Stack.isStack(stack)) stack.terminationProtection = config.isProtected
app.synth()

/** Reads the context. Prints the faults of a wrong one, without a stack trace, and ends with exit code 1. */
function readOrExit(): Config {
  try {
    return readConfig(app.node)
  } catch (cause) {
    if (!(cause instanceof WrongContext)) throw cause
    console.error(cause.message)
    process.exit(1)
  }
}
