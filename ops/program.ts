import { LambdaClient } from '@aws-sdk/client-lambda'
import { SQSClient } from '@aws-sdk/client-sqs'
import { Argument, Command, InvalidArgumentError } from 'commander'
import { openEventBus } from '../lambdas/bus/event-bus.ts'
import { redriver } from '../lambdas/dead-letters/redrive.ts'
import { readSellerName } from '../lambdas/runtime/env.ts'
import { wholeNumber } from '../tools/command-line.ts'
import { markForArchive, verifyArchive } from './archive.ts'
import { previewRateCard } from './card-preview.ts'
import { kindNames, listCatalog, publishCatalog } from './catalog.ts'
import { listKept, listQueues, redriveQueues } from './dead-letters.ts'
import { rebuildDirectory } from './directory.ts'
import { eraseArchived, eraseTeam } from './erasing.ts'
import { replayEvents } from './events.ts'
import { exportFocus } from './focus.ts'
import { removeMember } from './members.ts'
import { reportMoney } from './money.ts'
import { CannotDo, type Operating } from './operating.ts'
import { restoreFrom } from './restoring.ts'
import { retireEntries } from './retiring.ts'
import { reverseUse } from './reversing.ts'
import { findKeyNumbers } from './signing-keys.ts'
import { showStatus, teamsBehind } from './status.ts'
import { rebuildViews, replayViews } from './views.ts'
import { rotateKeys } from './webhooks.ts'

/** Opens a table, runs one command on it, and closes it. */
export type Run = (command: (operating: Operating) => Promise<unknown>) => Promise<void>

const applyText = 'write the changes; without it the command only prints them'
const stageText = 'stage of the stacks'
const stageNeeded = `${stageText}; needed on AWS`

/** Makes the command line: every command, with its help. */
export function makeProgram(run: Run): Command {
  const program = new Command('ops')
    .description('Operates Tollgate. Commands that write only print their changes; --apply writes them.')
    .addHelpText('after', surroundings)
  addStatus(program, run)
  addViews(program, run)
  addEvents(program, run)
  addDeadLetters(program, run)
  addArchive(program, run)
  addWebhooks(program, run)
  addMoney(program, run)
  addExports(program, run)
  addCatalog(program, run)
  addMembers(program, run)
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
    .description('print the pending work: the backlog of views, events and archive, and items that are due')
    .option('--stage <stage>', `${stageText}; also counts its dead letters`)
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

function addMoney(program: Command, run: Run): void {
  program
    .command('reverse <team>')
    .description('take back use that was booked by mistake, with everything that it was charged')
    .requiredOption('--reason <text>', 'reason, which the team reads')
    .option('--authorization <id>', 'an authorization, with all its captures')
    .option('--event <source-and-id...>', 'source and id of a usage event')
    .option('--id <id>', 'id of the reversal; the same id again changes nothing')
    .option('--apply', applyText)
    .addHelpText(
      'after',
      example(
        'reverse acme --authorization job-7f3a --reason "reported twice"',
        'reverse acme --event urn:billing e-1 --reason "wrong app" --apply',
      ),
    )
    .action((team, options) => run((operating) => reverseUse(operating, { team, ...options })))
  program
    .command('money [team]')
    .description('print what is due, credited, refunded and charged back, as CSV')
    .option('--all', 'every team')
    .addHelpText('after', example('money acme', 'money --all'))
    .action((team, options) => run((operating) => reportMoney(operating, { team, ...options })))
}

function addExports(program: Command, run: Run): void {
  program
    .command('export')
    .description('print data for other tools')
    .command('focus [team]')
    .description('print the charges of some months as CSV in the format FOCUS 1.2')
    .requiredOption('--from <month>', 'first month of bills, such as 2027-02', monthText)
    .requiredOption('--to <month>', 'last month of bills', monthText)
    .option('--seller <name>', 'name of the seller in the rows', readSellerName())
    .option('--all', 'every team')
    .addHelpText(
      'after',
      example(
        'export focus acme --from 2027-01 --to 2027-03',
        'export focus --all --from 2027-02 --to 2027-02 > focus.csv',
      ),
    )
    .action((team, options) => run((operating) => exportFocus(operating, { team, ...options })))
}

function addCatalog(program: Command, run: Run): void {
  const catalog = program.command('catalog').description('list and publish dated data')
  catalog
    .command('list')
    .description('print every version: in force, replaced, or still to come')
    .addHelpText('after', example('catalog list'))
    .action(() => run(listCatalog))
  catalog
    .command('publish')
    .description('publish a version that a file contains: the body of the API with its version')
    .addArgument(new Argument('<kind>', 'kind of data').choices(kindNames))
    .argument('<file>', 'JSON file')
    .option('--apply', applyText)
    .addHelpText('after', example('catalog publish price-lists prices-2027.json --apply'))
    .action((kind, file, options) =>
      run((operating) => publishCatalog(operating, { kind, file, ...options })),
    )
  program
    .command('rate-card')
    .description('try a rate card')
    .command('preview <file>')
    .description('replay a past month of all teams under a card that is not published')
    .option('--month <month>', 'month, such as 2027-02 (default: the last one)', monthText)
    .option('--teams <number>', 'number of teams to list (default 20)', wholeNumber(0, 1_000_000))
    .option('--csv', 'print CSV instead of a table')
    .addHelpText('after', example('rate-card preview card-2027.json --teams 50 --csv'))
    .action((file, options) => run((operating) => previewRateCard(operating, { file, ...options })))
}

function monthText(text: string): string {
  if (!/^2\d{3}-(0[1-9]|1[0-2])$/.test(text))
    throw new InvalidArgumentError('It must be a month such as 2027-02.')
  return text
}

function addViews(program: Command, run: Run): void {
  program
    .command('replay-view [team]')
    .description('update the usage view to the account after lost stream records')
    .option('--all', 'every team')
    .option('--apply', applyText)
    .addHelpText('after', example('replay-view acme', 'replay-view --all --apply'))
    .action((team, options) => run((operating) => replayViews(operating, { team, ...options })))
  program
    .command('rebuild-view [team]')
    .description('rebuild the usage view from the journal')
    .option('--all', 'every team')
    .option('--apply', applyText)
    .addHelpText('after', example('rebuild-view acme', 'rebuild-view --all --apply'))
    .action((team, options) => run((operating) => rebuildViews(operating, { team, ...options })))
  program
    .command('rebuild-directory [team]')
    .description("rebuild the operators' list of teams from accounts, names, apps and members")
    .option('--all', 'every team; also removes what belongs to no team')
    .option('--apply', applyText)
    .addHelpText('after', example('rebuild-directory acme', 'rebuild-directory --all --apply'))
    .action((team, options) => run((operating) => rebuildDirectory(operating, { team, ...options })))
}

function addEvents(program: Command, run: Run): void {
  program
    .command('events')
    .description('the events on the bus')
    .command('replay <team>')
    .description('publish the events of entries again, with the same ids')
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
  const letters = program.command('dead-letters').description('messages that failed after all retries')
  letters
    .command('list')
    .description('count the messages by origin')
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
    .description('retry them and remove those that succeed; a part of the name selects queues')
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
          throw new CannotDo(
            'On one machine, the page redrives dead letters: /ops/health, while Tollgate runs.',
          )
        const redrive = redriver({ functions: new LambdaClient(), behind: () => teamsBehind(table) })
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
    .description('fold a folder or s3://bucket/entries and compare it with the accounts')
    .addHelpText('after', example('archive verify .data/archive', 'archive verify s3://bucket/entries'))
    .action((where) =>
      run(async (operating) => {
        if ((await verifyArchive(operating, where)) > 0)
          throw new CannotDo('The archive differs from the accounts.')
      }),
    )
  archive
    .command('erase <team> <where>')
    .description('erase the personal data in archived entries of a team; other lines do not change')
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
    .description('mark teams for the next archive run after lost marks')
    .option('--all', 'every team')
    .option('--apply', applyText)
    .addHelpText('after', example('archive mark --all', 'archive mark acme --apply'))
    .action((team, options) => run((operating) => markForArchive(operating, { team, ...options })))
}

function addWebhooks(program: Command, run: Run): void {
  program
    .command('webhook')
    .description('the secrets that sign webhooks')
    .command('rotate-key [team]')
    .description('give webhooks secrets of another signing key; the previous secrets stay valid for a day')
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

function addMembers(program: Command, run: Run): void {
  program
    .command('member')
    .description('the people of a team')
    .command('remove <team> <member>')
    .description('remove a member, even the last admin')
    .option('--apply', applyText)
    .addHelpText('after', example('member remove acme sora', 'member remove acme sora --apply'))
    .action((team, member, options) =>
      run((operating) => removeMember(operating, { team, member, ...options })),
    )
}

function addErasing(program: Command, run: Run): void {
  program
    .command('erase-team <team>')
    .description('erase the personal data of a team; amounts, invoices and the audit do not change')
    .option('--apply', applyText)
    .addHelpText('after', example('erase-team acme', 'erase-team acme --apply'))
    .action((team, options) => run((operating) => eraseTeam(operating, { team, ...options })))
}

function addRetiring(program: Command, run: Run): void {
  program
    .command('retire-entries [team]')
    .description(
      'remove old usage events that the archive contains unchanged from the table; their keys stay',
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
    .description('make the table equal to a restored one; nothing else may write at the same time')
    .option('--apply', applyText)
    .addHelpText('after', example('restore-from tollgate-restored', 'restore-from tollgate-restored --apply'))
    .action((tableName, options) =>
      run((operating) => {
        const from = { ...operating.table, tableName }
        return restoreFrom(operating, { from, ...options })
      }),
    )
}

/** An operator who names a stage means AWS, and would take figures of this machine for those of the stage. */
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
