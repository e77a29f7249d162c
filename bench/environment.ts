/** Sets what functions read when they are loaded; to be called before anything of them is. */
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
