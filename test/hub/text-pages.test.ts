import { expect, test } from 'vitest'
import { allPages } from '../../hub/api/text-pages.ts'

const page = (text: string, cursor?: string) =>
  new Response(text, {
    headers:
      cursor === undefined
        ? {}
        : { link: `</v1/teams/acme/usage?from=2026-01-01&cursor=${cursor}>; rel="next"` },
  })

test('a download has the rows of all pages under one heading', async () => {
  const asked: unknown[] = []
  const pages = [
    page('day,app\r\n1,a\r\n', '2026-01%3Aa'),
    page('day,app\r\n', ':b'),
    page('day,app\r\n2,c\r\n'),
  ]
  const text = await allPages(async (query) => {
    asked.push(query)
    return pages.shift() ?? page('')
  })
  expect(text).toBe('day,app\r\n1,a\r\n2,c\r\n')
  const from = '2026-01-01'
  expect(asked).toEqual([undefined, { from, cursor: '2026-01:a' }, { from, cursor: ':b' }])
})

test('a download of one page is its text', async () => {
  expect(await allPages(async () => page('day\r\n1\r\n'))).toBe('day\r\n1\r\n')
})
