import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import * as v from 'valibot'

const root = fileURLToPath(new URL('..', import.meta.url))
const CdkJson = v.object({ context: v.object({ stage: v.string() }) })

/**
 * The two deployments that renew what the alarms of a stage watch, as arguments of the CDK's command line. Names of other
 * stacks' resources are copied when an alarm is made, and CloudFormation copies them again only for an alarm that changes. So
 * the first deployment takes all alarms away, and the second makes them again. The topic and its subscriptions stay.
 */
export function renewals(context: readonly string[], defaultStage: string): readonly (readonly string[])[] {
  const given = context.flatMap((pair) => /^stage=(.*)$/.exec(pair)?.[1] ?? [])
  const stack = `Tollgate-${given.at(-1) ?? defaultStage}-Observability`
  const settings = context.flatMap((pair) => ['-c', pair])
  // Alone: the other stacks stay as they are.
  const deploy = ['deploy', stack, '--exclusively', '--require-approval', 'never', ...settings]
  return [[...deploy, '-c', 'watch=none'], deploy]
}

export function makeRenewCommand(run: (context: readonly string[]) => void): Command {
  return new Command('npm run alarms:renew --')
    .description(
      'Makes all alarms of a stage again, for resources that have other names since their stack was made again.',
    )
    .option(
      '-c, --context <key=value>',
      'a setting of the deployment; all of them, unless cdk.json has them',
      (pair, pairs: readonly string[]) => [...pairs, pair],
      [],
    )
    .addHelpText(
      'after',
      '\nExample:\n  npm run alarms:renew -- -c stage=prod -c alarmEmail=on-call@example.com',
    )
    .action(({ context }: { context: readonly string[] }) => run(context))
}

function renew(context: readonly string[]): void {
  const { stage } = v.parse(CdkJson, JSON.parse(readFileSync(`${root}cdk.json`, 'utf8'))).context
  const cdk = `${root}node_modules/aws-cdk/bin/cdk`
  for (const args of renewals(context, stage)) {
    const { status } = spawnSync(process.execPath, [cdk, ...args], { cwd: root, stdio: 'inherit' })
    if (status === 0) continue
    process.stderr.write('A deployment failed: the stage may have no alarms. Run the command again.\n')
    process.exitCode = 1
    return
  }
}

if (import.meta.main) makeRenewCommand(renew).parse()
