export interface RunbookLinkProps {
  /** Name of the section, which is its anchor. */
  readonly section: string
  /** Undefined: the runbook has no URL, so only the section is named. */
  readonly runbookUrl: string | undefined
}

/** A section of the runbook, as a link where the runbook has a URL. */
export function RunbookLink({ section, runbookUrl }: RunbookLinkProps) {
  if (runbookUrl === undefined) return <code>{section}</code>
  return (
    <a href={`${runbookUrl}#${section}`} target="_blank" rel="noopener noreferrer">
      {section}
    </a>
  )
}
