/** Cognito's event before it makes tokens, version 2, as it sends it for a sign-in on its own page. */
export function tokenEvent(
  userAttributes: Readonly<Record<string, string>>,
  triggerSource = 'TokenGeneration_HostedAuth',
  groups: readonly string[] = [],
) {
  return {
    version: '2',
    triggerSource,
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_Ab12Cd34E',
    userName: '6c2d1f3a-0000-4a5b-8c9d-1e2f3a4b5c6d',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: '1example23456789' },
    request: {
      userAttributes: {
        sub: '6c2d1f3a-0000-4a5b-8c9d-1e2f3a4b5c6d',
        'cognito:user_status': 'CONFIRMED',
        ...userAttributes,
      },
      groupConfiguration: { groupsToOverride: [...groups], iamRolesToOverride: [], preferredRole: null },
      scopes: ['openid', 'email', 'hub/read', 'hub/write'],
    },
    response: { claimsAndScopeOverrideDetails: null },
  }
}
