import { BlockList, isIP } from 'node:net'

/** Addresses that are not public: ours, our cloud's, or meaningless. A team must not make us call them. */
const inner = new BlockList()
const v4Ranges: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
for (const [net, bits] of v4Ranges) inner.addSubnet(net, bits, 'ipv4')
// Documentation, and addresses that carry an IPv4 address inside.
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  inner.addSubnet(net, bits, 'ipv6')

const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')

/** True for an IP address, v4 or v6, of the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inner.check(address, 'ipv4')
  return family === 6 && global.check(address, 'ipv6') && !inner.check(address, 'ipv6')
}

/** True for an IP address of this machine. */
export function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}

/**
 * True if a webhook's address may be called: `https`, without user and password, and not at an inner address. Locally,
 * `http` and `https` on this machine are also allowed. A name is resolved and checked again at each call.
 */
export function isWebhookUrl(text: string, isLocal: boolean): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
  const host = hostOf(url)
  const isHere = host === 'localhost' || isLoopback(host)
  if (isLocal && isHere) return url.protocol === 'http:' || url.protocol === 'https:'
  return url.protocol === 'https:' && !isHere && (isIP(host) === 0 || isPublicAddress(host))
}

/** The host as a name or an address, without the brackets of IPv6. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
}
