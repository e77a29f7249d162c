import { Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IConstruct } from 'constructs'
import { envNames } from '../../lambdas/runtime/env.ts'
import type { Config } from '../config.ts'
import type { Handler } from './handler.ts'

type MailConfig = Pick<Config, 'mailFrom' | 'mailIdentity' | 'domain'>

/** ARN of the SES identity in the stack's Region. Undefined if no mail is sent. */
export function mailIdentityArn(
  scope: IConstruct,
  { mailFrom, mailIdentity }: MailConfig,
): string | undefined {
  const resourceName = mailIdentity ?? mailFrom
  if (resourceName === undefined) return undefined
  return Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName })
}

/** Sets the sender's address, and the page's that mails link to, in the environment, and grants permission to send from it. */
export function allowMail({ lambda }: Handler, config: MailConfig): void {
  const identityArn = mailIdentityArn(lambda, config)
  if (config.mailFrom === undefined || identityArn === undefined) return
  lambda.addEnvironment(envNames.mailFrom, config.mailFrom)
  if (config.domain !== undefined) lambda.addEnvironment(envNames.pageUrl, `https://${config.domain}`)
  lambda.addToRolePolicy(new PolicyStatement({ actions: ['ses:SendEmail'], resources: [identityArn] }))
}
