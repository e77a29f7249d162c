/**
 * Sets the environment variables of the functions. Call it before loading any function, because functions
 * read them at load time.
 */
export function prepareEnvironment(): void {
  Object.assign(process.env, {
    TABLE_NAME: 'bench',
    PAYMENTS: 'sandbox',
    STAGE: 'bench',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_SERVICE_NAME: 'bench',
  })
}
