import { Command, InvalidArgumentError } from 'commander'

/**
 * Makes the command line of an npm script. Exit code 2 means wrong options; exit code 1 means that the work
 * failed.
 */
export function makeCommand(script: string, description: string): Command {
  return new Command(`npm run ${script} --`)
    .description(description)
    .showSuggestionAfterError(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
}

/**
 * Adds the options of a tool that calls Tollgate: `url` without trailing slashes, and `token`. Without `url` the tool calls
 * what `npm start` started with the same `PORT`.
 */
export function addTarget(command: Command, scope: string): Command {
  const url = `http://127.0.0.1:${process.env.PORT || 8787}`
  return command
    .option('--url <url>', 'where Tollgate listens', httpAddress, url)
    .option('--token <token>', `bearer token with scope ${scope}; default: one of the local issuer`)
}

/** Makes a parser of whole numbers from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= min && value <= max) return value
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
  }
}

function httpAddress(text: string): string {
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text.replace(/\/+$/, '')
  throw new InvalidArgumentError('It must be an http or https address.')
}
