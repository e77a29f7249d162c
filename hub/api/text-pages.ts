type Query = Readonly<Record<string, string>>

/**
 * The text of an answer whose pages are linked by the header `link`, such as CSV: all pages, and the heading of the first one
 * alone. `send` sends the call, first with its own query.
 */
export async function allPages(send: (query?: Query) => Promise<Response>): Promise<string> {
  let response = await send()
  const texts = [await response.text()]
  for (let query = nextOf(response); query !== undefined; query = nextOf(response)) {
    response = await send(query)
    const text = await response.text()
    texts.push(text.slice(text.indexOf('\n') + 1))
  }
  return texts.join('')
}

/** The query of the page that comes next; undefined for the last one. */
function nextOf({ headers }: Response): Query | undefined {
  const [, query] = /\?([^>]*)>; rel="next"/.exec(headers.get('link') ?? '') ?? []
  return query === undefined ? undefined : Object.fromEntries(new URLSearchParams(query))
}
