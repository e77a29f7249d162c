import { useFormat } from '../use-format.ts'

/** An instant in the reader's zone. Its tooltip is the same instant in UTC. */
export function Instant({ at }: { readonly at: string }) {
  const format = useFormat()
  return (
    <time dateTime={at} title={format.utc(at)}>
      {format.instant(at)}
    </time>
  )
}
