import { LambdaClient } from '@aws-sdk/client-lambda'
import { SQSClient } from '@aws-sdk/client-sqs'
import { Command, InvalidArgumentError } from 'commander'
import { openEventBus } from '../lambdas/bus/event-bus.ts'
import { markForArchive, verifyArchive } from './archive.ts'
import { listKept, listQueues, redriveQueues } from './dead-letters.ts'
import { eraseArchived, eraseTeam } from './erasing.ts'
import { replayEvents } from './events.ts'
import { CannotDo, type Operating } from './operating.ts'
import { redriver } from './redrive.ts'
import { restoreFrom } from './restoring.ts'
import { retireEntries } from './retiring.ts'
import { findKeyNumbers } from './signing-keys.ts'
import { showStatus, teamsBehind } from './status.ts'
import { rebuildViews, replayViews } from './views.ts'
import { rotateKeys } from './webhooks.ts'

/** Runs one command on a table that is opened for it, and closed after it. */
export type Run = (command: (operating: Operating) => Promise<unknown>) => Promise<void>

const applyText = 'do it; without this the command only says what it would do'
const stageText = 'stage of the stacks'
const stageNeeded = `${stageText}; needed on AWS`

/** The command line: every command, with its help. */
export function makeProgram(run: Run): Command {
  const program = new Command('ops')
    .description('Operates Tollgate. What writes says what it would do, and does it only with --apply.')
    .addHelpText('after', surroundings)
  addStatus(program, run)
  addViews(program, run)
  addEvents(program, run)
  addDeadLetters(program, run)
  addArchive(program, run)
  addWebhooks(program, run)
  addErasing(program, run)
  addRetiring(program, run)
  addRestoring(program, run)
  return program
}

const surroundings = `
  DATA_DIR     the data folder to operate on, in use or not (default .data)
  TABLE_NAME   operate on this table instead, by the AWS SDK's usual settings (region, credentials, endpoint)

Every command has its own help: npm run ops -- rebuild-view --help`

const example = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  npm run ops -- ${line}`).join('\n')}`

function addStatus(program: Command, run: Run): void {
  program
    .command('status')
    .description('what the table has to do: how far views, events and archive are, and what is due')
    .option('--stage <stage>', `${stageText}, to count its dead letters, too`)
    .addHelpText('after', example('status', 'status --stage prod'))
    .action(({ stage }) =>
      run(async (operating) => {
        refuseStageHere(operating, stage)
        await showStatus(operating)
        if (operating.dataDir !== undefined) listKept(operating, operating.dataDir)
        else if (stage !== undefined) await listQueues(operating, new SQSClient(), stage)
      }),
    )
}

function addViews(program: Command, run: Run): void {
  program
    .command('replay-view [team]')
    .description('bring the usage view up to the account, where records of the stream were lost')
    .option('--all', 'every team')
    .option('--apply', applyText)
    .addHelpText('after', example('replay-view acme', 'replay-view --all --apply'))
    .action((team, options) => run((operating) => replayViews(operating, { team, ...options })))
  program
    .command('rebuild-view [team]')
    .description('make the usage view what the journal says, whatever it says now')
    .option('--all', 'every team')
    .option('--apply', applyText)
    .addHelpText('after', example('rebuild-view acme', 'rebuild-view --all --apply'))
    .action((team, options) => run((operating) => rebuildViews(operating, { team, ...options })))
}

function addEvents(program: Command, run: Run): void {
  program
    .command('events')
    .description('what is told on the bus')
    .command('replay <team>')
    .description('put what entries say on the bus again, under the same ids')
    .requiredOption('--from <version>', 'first entry', whole)
    .option('--to <version>', 'last entry; default: the newest', whole)
    .option('--bus <name>', 'name of the event bus; needed with --apply')
    .option('--apply', applyText)
    .addHelpText(
      'after',
      example('events replay acme --from 12', 'events replay acme --from 12 --bus Bus --apply'),
    )
    .action((team, { bus, ...options }) =>
      run(async (operating) => {
        if (options.apply === true && bus === undefined) throw new CannotDo('Name the event bus with --bus.')
        await replayEvents(operating, { team, ...options, ...(bus && { bus: openEventBus(bus) }) })
      }),
    )
}

function addDeadLetters(program: Command, run: Run): void {
  const letters = program.command('dead-letters').description('what could not be handled after all retries')
  letters
    .command('list')
    .description('how many there are, and of what')
    .option('--stage <stage>', stageNeeded)
    .addHelpText('after', example('dead-letters list', 'dead-letters list --stage prod'))
    .action(({ stage }) =>
      run(async (operating) => {
        refuseStageHere(operating, stage)
        if (operating.dataDir !== undefined) listKept(operating, operating.dataDir)
        else await listQueues(operating, new SQSClient(), checkStage(stage))
      }),
    )
  letters
    .command('redrive [queue]')
    .description('do again what they ask for, and take out what went well; a part of the name chooses queues')
    .option('--stage <stage>', stageNeeded)
    .option('--apply', applyText)
    .addHelpText(
      'after',
      example('dead-letters redrive --stage prod', 'dead-letters redrive Facts --stage prod --apply'),
    )
    .action((queue, { stage, ...options }) =>
      run(async (operating) => {
        const { table, dataDir } = operating
        refuseStageHere(operating, stage)
        if (dataDir !== undefined)
          throw new CannotDo('On one machine nothing redrives: any later change catches up.')
        const redrive = redriver(new LambdaClient(), () => teamsBehind(table))
        await redriveQueues(
          operating,
          { queues: new SQSClient(), redrive },
          { queue, stage: checkStage(stage), ...options },
        )
      }),
    )
}

function addArchive(program: Command, run: Run): void {
  const archive = program.command('archive').description('the archive of entries')
  archive
    .command('verify <where>')
    .description('fold a folder or s3://bucket/entries, and compare with the accounts')
    .addHelpText('after', example('archive verify .data/archive', 'archive verify s3://bucket/entries'))
    .action((where) =>
      run(async (operating) => {
        if ((await verifyArchive(operating, where)) > 0) throw new CannotDo('The archive is not whole.')
      }),
    )
  archive
    .command('erase <team> <where>')
    .description('erase what archived entries of a team say about persons; other lines stay as they are')
    .option('--apply', applyText)
    .addHelpText(
      'after',
      example('archive erase acme .data/archive', 'archive erase acme s3://bucket/entries --apply'),
    )
    .action((team, where, options) =>
      run((operating) => eraseArchived(operating, { team, where, ...options })),
    )
  archive
    .command('mark [team]')
    .description('let the next run archive what is missing, where marks were lost')
    .option('--all', 'every team')
    .option('--apply', applyText)
    .addHelpText('after', example('archive mark --all', 'archive mark acme --apply'))
    .action((team, options) => run((operating) => markForArchive(operating, { team, ...options })))
}

function addWebhooks(program: Command, run: Run): void {
  program
    .command('webhook')
    .description('the secrets that webhooks are signed with')
    .command('rotate-key [team]')
    .description('give webhooks secrets of another signing key; the ones before stay good for a day')
    .requiredOption('--key <number>', 'number of the signing key in Secrets Manager')
    .option('--keys <arn>', 'the secret with the signing keys; needed on AWS')
    .option('--all', 'every team')
    .option('--apply', applyText)
    .addHelpText(
      'after',
      example('webhook rotate-key acme --key 2', 'webhook rotate-key --all --key 2 --keys $KEYS --apply'),
    )
    .action((team, options) =>
      run(async (operating) => {
        const keys = await findKeyNumbers(operating, options.keys)
        await rotateKeys(operating, { team, ...options, keys })
      }),
    )
}

function addErasing(program: Command, run: Run): void {
  program
    .command('erase-team <team>')
    .description(
      'erase what is stored about the persons of a team; amounts, invoices and the audit stay as they are',
    )
    .option('--apply', applyText)
    .addHelpText('after', example('erase-team acme', 'erase-team acme --apply'))
    .action((team, options) => run((operating) => eraseTeam(operating, { team, ...options })))
}

function addRetiring(program: Command, run: Run): void {
  program
    .command('retire-entries [team]')
    .description(
      'let old usage events leave the table, each only if the archive has it as it is; their keys stay',
    )
    .requiredOption('--before <day>', 'entries from before this day, UTC')
    .requiredOption('--archive <where>', 'a folder or s3://bucket/entries')
    .option('--all', 'every team')
    .option('--apply', applyText)
    .addHelpText(
      'after',
      example(
        'retire-entries --all --before 2024-01-01 --archive s3://bucket/entries',
        'retire-entries acme --before 2024-01-01 --archive .data/archive --apply',
      ),
    )
    .action((team, options) => run((operating) => retireEntries(operating, { team, ...options })))
}

function addRestoring(program: Command, run: Run): void {
  program
    .command('restore-from <table>')
    .description('make the table what a restored one beside it is; nothing else may write meanwhile')
    .option('--apply', applyText)
    .addHelpText('after', example('restore-from tollgate-restored', 'restore-from tollgate-restored --apply'))
    .action((tableName, options) =>
      run((operating) => {
        const from = { client: operating.table.client, tableName }
        return restoreFrom(operating, { from, ...options })
      }),
    )
}

/** Whoever names a stage means AWS: figures of this machine would be taken for those of the stage. */
function refuseStageHere({ dataDir }: Operating, stage: string | undefined): void {
  if (dataDir !== undefined && stage !== undefined)
    throw new CannotDo(`--stage ${stage} is on AWS, and no TABLE_NAME says which table: this is ${dataDir}.`)
}

function checkStage(stage: string | undefined): string {
  if (stage === undefined) throw new CannotDo('Name the stage with --stage.')
  return stage
}

function whole(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a whole number.')
  return number
}
