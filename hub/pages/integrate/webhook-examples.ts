import { importing } from './importing.ts'

export const receiverLanguages = ['typescript', 'python'] as const
export type ReceiverLanguage = (typeof receiverLanguages)[number]

/** Receivers of webhooks that verify each message, without any package. A test sends events to these very texts. */
export function receiversFor(port: number): Readonly<Record<ReceiverLanguage, string>> {
  return { typescript: typescriptReceiver(port), python: pythonReceiver(port) }
}

function typescriptReceiver(port: number): string {
  return `// Save as receiver.mts and run: WEBHOOK_SECRET=whsec_… node receiver.mts
${importing('createHmac, timingSafeEqual', 'crypto')}
${importing('createServer', 'http')}

const key = Buffer.from((process.env.WEBHOOK_SECRET ?? '').replace('whsec_', ''), 'base64')
const maxAgeSeconds = 300

function isGenuine(headers: NodeJS.Dict<string | string[]>, body: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures } = headers
  const ageSeconds = Math.abs(Date.now() / 1000 - Number(at))
  if (!(ageSeconds <= maxAgeSeconds)) return false
  const expected = createHmac('sha256', key).update(\`\${id}.\${at}.\${body}\`).digest()
  // For a day after a new secret, a message has one signature for each secret.
  return String(signatures).split(' ').some((signature) => {
    const found = Buffer.from(signature.replace('v1,', ''), 'base64')
    return found.length === expected.length && timingSafeEqual(found, expected)
  })
}

createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  if (!isGenuine(request.headers, body)) return response.writeHead(401).end('wrong signature')
  // Messages can arrive twice: keep the webhook-id of those that you have worked on.
  const { type, data } = JSON.parse(body)
  console.log(type, data)
  response.writeHead(204).end()
}).listen(${port})
`
}

function pythonReceiver(port: number): string {
  return `# Save as receiver.py and run: WEBHOOK_SECRET=whsec_… python3 receiver.py
import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].replace("whsec_", ""))
MAX_AGE_SECONDS = 300


def is_genuine(headers, body):
    at = headers.get("webhook-timestamp", "0")
    if not at.isdigit() or abs(time.time() - int(at)) > MAX_AGE_SECONDS:
        return False
    signed = f"{headers.get('webhook-id')}.{at}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    # For a day after a new secret, a message has one signature for each secret.
    signatures = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected.encode(), signature.encode()) for signature in signatures)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_genuine(self.headers, body):
            return self.answer(401)
        # Messages can arrive twice: keep the webhook-id of those that you have worked on.
        event = json.loads(body)
        print(event["type"], event["data"], flush=True)
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()


HTTPServer(("", ${port}), Receiver).serve_forever()
`
}
