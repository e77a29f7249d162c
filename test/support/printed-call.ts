import { readFileSync } from 'node:fs'

/** Performs a call that `npm start` printed, without curl, which some machines lack. Returns the parsed answer. */
export async function sendPrinted(line: string, url: string): Promise<unknown> {
  const fileOf = (flag: string) => new RegExp(`${flag} @(\\S+)`).exec(line)?.[1]
  const read = (file = '') => readFileSync(file, 'utf8')
  const headers = Object.fromEntries(
    read(fileOf('-sH'))
      .trim()
      .split('\n')
      .map((header) => header.split(': ')),
  )
  const sent = fileOf('-d')
  const call = sent === undefined ? { headers } : { method: 'POST', headers, body: read(sent) }
  const address = (line.split(' ').at(-1) ?? '').replace('$T', `${url}/v1`)
  return (await fetch(address, call)).json()
}
