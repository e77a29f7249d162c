import { currentInvocation } from './invocation.ts'
import type { Log } from './log.ts'

type Facts = Readonly<Record<string, unknown>>
type Message = string | (Facts & { readonly message: string })
type More = readonly (Error | string | Facts)[]
type Replacer = (key: string, value: unknown) => unknown

const thresholds = { TRACE: 6, DEBUG: 8, INFO: 12, WARN: 16, ERROR: 20, CRITICAL: 24, SILENT: 28 }
type Level = keyof typeof thresholds

type LambdaContext = Parameters<Log['addContext']>[0]

/** The parts that all lines of an invocation have in common. */
interface Common {
  readonly context: Facts
  readonly keys: Facts
}

const outside = {}
const nothing: Common = { context: {}, keys: {} }

/**
 * Writes the lines of Powertools' logger, field by field. The build puts it in the place of that logger in the functions that
 * services call, because those must start quickly (ADR 009). It has only the methods that our functions call.
 */
export class Logger implements Log {
  private readonly common = new WeakMap<object, Common>()
  private readonly replace: Replacer
  private isCold = process.env.AWS_LAMBDA_INITIALIZATION_TYPE === 'on-demand'
  private least = levelIn(process.env)

  constructor({ jsonReplacerFn }: { readonly jsonReplacerFn: Replacer }) {
    this.replace = jsonReplacerFn
  }

  /** Puts Lambda's context into the lines of this invocation. */
  addContext(context: LambdaContext): void {
    const shown = {
      cold_start: this.isCold,
      function_arn: context.invokedFunctionArn,
      function_memory_size: context.memoryLimitInMB,
      function_name: context.functionName,
      function_request_id: context.awsRequestId,
      tenant_id: context.tenantId,
    }
    this.isCold = false
    this.keep({ context: shown })
  }

  /** Puts further keys into the lines of this invocation. */
  appendKeys(keys: Facts): void {
    this.keep({ keys: { ...this.shared().keys, ...keys } })
  }

  resetKeys(): void {
    this.keep({ keys: {} })
  }

  setLogLevel(level: Level): void {
    this.least = level
  }

  getLevelName(): Level {
    return this.least
  }

  info(message: Message, ...more: More): void {
    this.write('INFO', message, more)
  }

  warn(message: Message, ...more: More): void {
    this.write('WARN', message, more)
  }

  error(message: Message, ...more: More): void {
    this.write('ERROR', message, more)
  }

  private shared(): Common {
    return this.common.get(currentInvocation() ?? outside) ?? nothing
  }

  private keep(part: Partial<Common>): void {
    this.common.set(currentInvocation() ?? outside, { ...this.shared(), ...part })
  }

  private write(level: Level, input: Message, more: More): void {
    if (thresholds[level] < thresholds[this.least]) return
    const { message, ...facts } = typeof input === 'string' ? { message: input } : input
    const { context, keys } = this.shared()
    const line: Facts = {
      level,
      message,
      timestamp: new Date().toISOString(),
      service: process.env.POWERTOOLS_SERVICE_NAME || 'service_undefined',
      ...context,
      sampling_rate: 0,
      xray_trace_id: traceOf(process.env._X_AMZN_TRACE_ID),
      ...keys,
      ...facts,
      ...Object.assign({}, ...more.map(factsOf)),
    }
    const shown = Object.entries(line).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    )
    const text = JSON.stringify(Object.fromEntries(shown), replacerOf(this.replace))
    const stream = level === 'INFO' ? process.stdout : process.stderr
    stream.write(`${text}\n`)
  }
}

/** Shows errors with their parts, a cause that is an error among them, and leaves out what contains itself. */
function replacerOf(replace: Replacer): Replacer {
  const ancestors: unknown[] = []
  return function (this: unknown, key, value) {
    const replaced = replace(key, value)
    if (typeof replaced === 'bigint') return String(replaced)
    const shown = replaced instanceof Error ? errorToJson(replaced) : replaced
    if (typeof shown !== 'object' || shown === null) return shown
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop()
    if (ancestors.includes(shown)) return undefined
    ancestors.push(shown)
    return shown
  }
}

/** Lambda's own level, or else Powertools'. */
function levelIn({ AWS_LAMBDA_LOG_LEVEL, POWERTOOLS_LOG_LEVEL, LOG_LEVEL }: NodeJS.ProcessEnv): Level {
  if (AWS_LAMBDA_LOG_LEVEL === 'FATAL') return 'CRITICAL'
  return [AWS_LAMBDA_LOG_LEVEL, POWERTOOLS_LOG_LEVEL || LOG_LEVEL].find(isLevel) ?? 'INFO'
}

function isLevel(name: string | undefined): name is Level {
  return name !== undefined && Object.hasOwn(thresholds, name)
}

function factsOf(item: More[number]): Facts {
  if (item instanceof Error) return { error: item }
  return typeof item === 'string' ? { extra: item } : item
}

/** An error as its line shows it. */
function errorToJson(error: Error): Facts {
  const { name, message, stack, cause, ...own } = error
  return { name, location: locationOf(stack), message, stack, cause, ...own }
}

/** File and line of the first frame that names a function. */
function locationOf(stack = ''): string {
  for (const line of stack.split('\n')) {
    const [, file, row] = /\(([^()]*?):(\d+?):(\d+?)\)\\?$/.exec(line) ?? []
    if (file !== undefined) return `${file}:${row}`
  }
  return ''
}

/** The trace that Lambda puts into the environment as `Root=1-…;Parent=…;Sampled=…`. */
function traceOf(header = ''): string | undefined {
  return header.includes('=') ? /(?:^|;)Root=([^;]*)/.exec(header)?.[1] : header
}
