import { importing } from './importing.ts'

/** The way to a token: the local issuer gives one to anybody, any other issuer to a service with its own credentials. */
export type TokenSource =
  | { readonly kind: 'local' }
  | { readonly kind: 'issuer'; readonly issuer: string; readonly scope: string }

export interface ExampleFacts {
  /** URL of the API, without a trailing slash. */
  readonly api: string
  readonly appId: string
  readonly meter: string
  readonly token: TokenSource
}

export const exampleLanguages = ['curl', 'typescript', 'python'] as const
export type ExampleLanguage = (typeof exampleLanguages)[number]

export interface Examples extends Readonly<Record<ExampleLanguage, string>> {
  /** Shell commands that store a token in the file `token`, which all examples read. */
  readonly token: string
}

/** Programs that authorize one unit of a meter for an app and capture it. A test runs these very texts. */
export function examplesFor(facts: ExampleFacts): Examples {
  return {
    token: tokenCommands(facts),
    curl: curlExample(facts),
    typescript: typescriptExample(facts),
    python: pythonExample(facts),
  }
}

function tokenCommands({ api, token }: ExampleFacts): string {
  if (token.kind === 'local')
    return `curl -s -d '{"scopes":["aps:meter"]}' ${api}/local/tokens | cut -d '"' -f 4 > token\n`
  const pick = (name: string) => `sed -nE 's/.*"${name}" *: *"([^"]+)".*/\\1/p'`
  return `# CLIENT_ID and CLIENT_SECRET are the credentials of your service.
ISSUER=${token.issuer}
TOKEN_URL=$(curl -s $ISSUER/.well-known/openid-configuration | ${pick('token_endpoint')})
curl -s -u "$CLIENT_ID:$CLIENT_SECRET" -d 'grant_type=client_credentials&scope=${token.scope}' \\
  $TOKEN_URL | ${pick('access_token')} > token
`
}

function curlExample({ api, appId, meter }: ExampleFacts): string {
  return `printf 'authorization: Bearer %s\\ncontent-type: application/json\\n' "$(cat token)" > headers
API=${api}
ID=job-$$-$(date +%s)
JOB='"appId":"${appId}","meter":"${meter}","quantity":1'

# Before the work. A repeat with the same id gets the same answer.
curl -sw '\\n' -H @headers -d "{\\"authorizationId\\":\\"$ID\\",$JOB}" $API/v1/authorizations

# After the work. "final" gives back what was not used.
curl -sw '\\n' -H @headers -d '{"used":1,"final":true}' $API/v1/authorizations/$ID/captures
`
}

function typescriptExample({ api, appId, meter }: ExampleFacts): string {
  return `// Save as call.mts and run: node call.mts
${importing('readFileSync', 'fs')}

const token = readFileSync('token', 'utf8').trim()

async function post(path: string, body: object) {
  const response = await fetch(\`${api}\${path}\`, {
    method: 'POST',
    headers: { authorization: \`Bearer \${token}\`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(\`\${response.status} \${await response.text()}\`)
  return response.json()
}

// Before the work. A repeat with the same id gets the same answer.
const authorizationId = \`job-\${crypto.randomUUID()}\`
const job = { appId: '${appId}', meter: '${meter}', quantity: 1 }
const answer = await post('/v1/authorizations', { authorizationId, ...job })

if (answer.decision === 'deny') {
  console.log(answer.refusal.code, answer.refusal.resolve)
} else {
  // After the work. "final" gives back what was not used.
  const { used, status } = await post(\`/v1/authorizations/\${authorizationId}/captures\`, { used: 1, final: true })
  console.log('captured', used, status)
}
`
}

function pythonExample({ api, appId, meter }: ExampleFacts): string {
  return `# Save as call.py and run: python3 call.py
import json, urllib.request, uuid

with open("token") as file:
    TOKEN = file.read().strip()


def post(path, body):
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    request = urllib.request.Request("${api}" + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


# Before the work. A repeat with the same id gets the same answer.
job_id = f"job-{uuid.uuid4()}"
job = {"appId": "${appId}", "meter": "${meter}", "quantity": 1}
answer = post("/v1/authorizations", {"authorizationId": job_id, **job})

if answer["decision"] == "deny":
    print(answer["refusal"]["code"], answer["refusal"]["resolve"])
else:
    # After the work. "final" gives back what was not used.
    capture = post(f"/v1/authorizations/{job_id}/captures", {"used": 1, "final": True})
    print("captured", capture["used"], capture["status"])
`
}
