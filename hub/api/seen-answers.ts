/** The most answers in memory, by URL and language: more than a page shows at once. The oldest leaves first. */
const answersMax = 60
/** An unchanged answer is sent again after this time, because it also states the time at which it is true. */
const rememberedMilliseconds = 300_000

interface Seen {
  readonly answer: unknown
  readonly etag: string
  readonly at: number
}

/** The last answers with their tags, for requests that only want to know if an answer has changed. */
export class SeenAnswers {
  private readonly answers = new Map<string, Seen>()

  find(key: string): Seen | undefined {
    const seen = this.answers.get(key)
    return seen !== undefined && Date.now() - seen.at < rememberedMilliseconds ? seen : undefined
  }

  /** Keeps an answer, unless it has no tag. */
  keep(key: string, { answer, etag }: { readonly answer: unknown; readonly etag: string | null }): void {
    this.answers.delete(key)
    if (etag === null) return
    this.answers.set(key, { answer, etag, at: Date.now() })
    const [oldest] = this.answers.keys()
    if (oldest !== undefined && this.answers.size > answersMax) this.answers.delete(oldest)
  }

  clear(): void {
    this.answers.clear()
  }
}
