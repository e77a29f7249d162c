import { fromEnv } from '@aws-sdk/credential-provider-env'

/**
 * Provides a function's credentials, which are always in its environment. Bundles have this in place of the SDK's chain of
 * providers (files, single sign-on, other roles, instance metadata), which would be a fifth of each bundle.
 */
export const defaultProvider = () => fromEnv()
