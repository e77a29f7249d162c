/** The URL-safe base64 of an id, as the body of a job has it. */
export function encodeUrn(id: string): string {
  return Buffer.from(id).toString('base64url')
}

/** The body of a job that translates an object of this name. */
export function jobBody(inputFile: string) {
  return { input: { urn: encodeUrn(`urn:adsk.objects:os.object:plans/${inputFile}`) } }
}
