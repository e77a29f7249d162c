/** The used part of an API Gateway HTTP API event (payload format 2.0). */
export interface HttpEvent {
  readonly routeKey: string
  readonly rawPath: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly pathParameters?: Readonly<Record<string, string | undefined>>
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>
  readonly body?: string
  readonly isBase64Encoded: boolean
  readonly requestContext: {
    readonly requestId: string
    readonly authorizer?: { readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } }
  }
}

/** A whole answer in API Gateway's form. */
export interface HttpResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
