import { Command } from 'commander'
import { launchCatalog } from '../../test/support/launch-catalog.ts'
import { writeSection } from '../page.ts'
import { reportOf } from './report.ts'

const program = new Command('npm run forecast:error --')
  .description(
    'Prints the error of the forecast of a month after its days 5, 10 and 20, for months and teams that the model was not chosen with.',
  )
  .option('--tuned', 'for the months and teams that it was chosen with')
  .option('--write', 'renews docs/forecast.md')
  .parse()
const { tuned = false, write = false } = program.opts<{ tuned?: boolean; write?: boolean }>()

const report = reportOf(tuned ? 'tuned' : 'heldOut', launchCatalog)
process.stdout.write(`${report}\n`)
if (write && !tuned) writeSection('forecast', report)
