import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import * as v from 'valibot'

/** One setting of a deployment, a key of the CDK's context. */
export interface Setting {
  /** Its meaning, for the person who deploys. */
  readonly meaning: string
  /** The rule for a value. Follows "must be" in a message. */
  readonly must: string
  /** Replaces an absent value. Without it the key is required, unless the schema is optional. */
  readonly default?: string | number
  /** The effect if an optional key is absent. */
  readonly otherwise?: string
  /** Validates a value from the command line (a text) or from `cdk.json`. */
  readonly schema: v.GenericSchema
}

const matching = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern))

const whole = (least: number, most: number) =>
  v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.digits(), v.transform(Number))]),
    v.integer(),
    v.minValue(least),
    v.maxValue(most),
  )

const yesOrNo = v.union([
  v.boolean(),
  v.pipe(
    v.picklist(['true', 'false']),
    v.transform((text) => text === 'true'),
  ),
])

const hostName = /([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}/

const email = matching(/^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/)

/** The numbers of days for which CloudWatch can keep logs. */
const logDays = Object.values(RetentionDays).filter(
  (days): days is RetentionDays => typeof days === 'number' && days !== RetentionDays.INFINITE,
)

const requestUnits = whole(1, 1_000_000)

/** ARNs of roles, separated by commas. The account is explicit, and `*` cannot replace a whole name. */
const roleArns = v.pipe(
  matching(/^[^,\s]+(,[^,\s]+)*$/),
  v.transform((text) => text.split(',')),
  v.array(matching(/^arn:aws[a-z-]*:iam::\d{12}:role\/([\w+=.@*-]+\/)*[\w+=.@-]{3}[\w+=.@*-]*$/)),
)

/** All settings, with their meaning, rule and default. */
export const settings = {
  stage: {
    meaning: "part of the stacks' names; `prod` is protected",
    must: 'lower-case letters, digits and hyphens, up to 20',
    default: 'dev',
    schema: matching(/^[a-z][a-z0-9-]{0,19}$/),
  },
  protect: {
    meaning: 'whether the stage keeps its data whatever is deleted, and refuses to be deleted',
    must: 'true or false',
    otherwise: 'true for stage `prod`, else false',
    schema: v.optional(yesOrNo),
  },
  issuer: {
    meaning: 'who signs the tokens',
    must: 'an http(s) URL without a trailing slash',
    otherwise: 'a separate Cognito user pool',
    schema: v.optional(matching(/^https?:\/\/[^\s/]+(\/[^\s/]+)*$/)),
  },
  audience: {
    meaning: "the tokens' audience, where `issuer` is given",
    must: '1 to 200 characters without spaces',
    default: 'tollgate',
    schema: matching(/^\S{1,200}$/),
  },
  pageClient: {
    meaning: "the developer hub page's client id, where `issuer` is given",
    must: '1 to 200 characters without spaces',
    default: 'tollgate-hub',
    schema: matching(/^\S{1,200}$/),
  },
  signInPrefix: {
    meaning: "first part of the host name of Cognito's sign-in page; nobody else in the region may have it",
    must: 'lower-case letters, digits and hyphens, up to 63, without aws, amazon or cognito',
    otherwise: '`tollgate-<stage>-<account>`',
    schema: v.optional(matching(/^(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)),
  },
  domain: {
    meaning: 'host name of the developer hub page; together with `certificateArn`',
    must: 'a host name',
    otherwise: "CloudFront's own name",
    schema: v.optional(matching(new RegExp(`^${hostName.source}$`))),
  },
  certificateArn: {
    meaning: 'certificate of `domain`',
    must: 'the ARN of a certificate of ACM in us-east-1, where CloudFront looks for it',
    otherwise: 'none',
    schema: v.optional(matching(/^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/)),
  },
  payments: {
    meaning:
      'where payments are asked for: on the `bus`, or in a `sandbox` where purchases settle by themselves',
    must: 'sandbox or bus',
    default: 'bus',
    schema: v.picklist(['sandbox', 'bus']),
  },
  paymentPage: {
    meaning:
      "the payment processor's page, to which the developer hub page leads for paying now and for another payment method",
    must: 'an https URL without a fragment',
    otherwise: 'the page names support instead',
    schema: v.optional(matching(/^https:\/\/[^\s/#?]+(\/[^\s#?]*)?(\?[^\s#]*)?$/)),
  },
  sellerName: {
    meaning: 'name of the seller in exported bills',
    must: '1 to 100 letters, digits and ` .,&-`, all ASCII',
    otherwise: 'Autodesk',
    schema: v.optional(matching(/^[A-Za-z0-9][A-Za-z0-9 .,&-]{0,99}$/)),
  },
  mailFrom: {
    meaning: 'the address that mail to teams comes from; SES must have verified `mailIdentity`',
    must: 'an e-mail address',
    otherwise: 'no mail is sent',
    schema: v.optional(email),
  },
  mailIdentity: {
    meaning:
      'the identity of SES that mail is sent with: the domain of `mailFrom`, one above it, or `mailFrom` itself',
    must: 'a domain or an e-mail address',
    otherwise: 'the address `mailFrom` itself',
    schema: v.optional(v.union([email, matching(new RegExp(`^${hostName.source}$`))])),
  },
  alarmEmail: {
    meaning: 'the recipient of alarms',
    must: 'an e-mail address',
    otherwise: 'nobody',
    schema: v.optional(email),
  },
  watch: {
    meaning:
      'alarms and dashboards of the stage; `none` removes them while `npm run alarms:renew` makes them again',
    must: 'all or none',
    default: 'all',
    schema: v.picklist(['all', 'none']),
  },
  breakGlassPrincipals: {
    meaning:
      'roles of people who come by single sign-on and may take the break-glass role; IAM knows of no second factor of theirs',
    must: 'ARNs of roles, separated by commas, in which `*` may follow the first three characters of a name',
    otherwise: 'only people with a second factor in IAM',
    schema: v.optional(roleArns),
  },
  runbookUrl: {
    meaning: 'where the runbook is read: each alarm links to its section',
    must: 'a path or an http(s) URL, without a fragment',
    default: 'docs/runbook.md',
    schema: matching(/^[^\s#]{1,200}$/),
  },
  docsUrl: {
    meaning: "the documentation that the page's help leads to",
    must: 'an https URL',
    otherwise: 'no link',
    schema: v.optional(matching(/^https:\/\/[^\s"<>]{1,500}$/)),
  },
  supportUrl: {
    meaning: "the support that the page's help leads to",
    must: 'an https URL, or mailto: and an e-mail address',
    otherwise: 'no link',
    schema: v.optional(matching(/^(https:\/\/[^\s"<>]{1,500}|mailto:[^\s"<>?]{3,254})$/)),
  },
  encryption: {
    meaning: 'whose key encrypts table, signing keys, archive and dead letters',
    must: 'customer-managed or aws-owned',
    otherwise: '`customer-managed` for stage `prod`, else `aws-owned`',
    schema: v.optional(v.picklist(['customer-managed', 'aws-owned'])),
  },
  callsPerSecond: {
    meaning: 'most calls per second of one route, of all callers together; a burst may be half of it at once',
    must: 'a whole number from 10 to 10000',
    default: 2_000,
    schema: whole(10, 10_000),
  },
  maxReadUnits: {
    meaning: 'most read request units per second of the table, and of each of its indexes',
    must: 'a whole number from 1 to 1000000',
    otherwise: "the account's quota",
    schema: v.optional(requestUnits),
  },
  maxWriteUnits: {
    meaning: 'most write request units per second of the table, and of each of its indexes',
    must: 'a whole number from 1 to 1000000',
    otherwise: "the account's quota",
    schema: v.optional(requestUnits),
  },
  logDays: {
    meaning: 'for how many days logs are kept',
    must: `one of ${logDays.join(', ')}`,
    default: RetentionDays.THREE_MONTHS,
    schema: v.pipe(whole(1, 10_000), v.picklist(logDays)),
  },
  page: {
    meaning: 'folder with the built developer hub page, made before; `none`: no page is deployed',
    must: 'the path of a folder, or none',
    otherwise: 'it is built from the sources',
    schema: v.optional(matching(/\S/)),
  },
  bundles: {
    meaning: 'folder with a bundle per function, made before',
    must: 'the path of a folder',
    otherwise: 'they are built from the sources',
    schema: v.optional(matching(/\S/)),
  },
} as const satisfies Readonly<Record<string, Setting>>

export type SettingKey = keyof typeof settings

/** The values of the settings, by key. */
export type SettingValues = {
  readonly [Key in SettingKey]: v.InferOutput<(typeof settings)[Key]['schema']>
}
