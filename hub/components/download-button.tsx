import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Given } from '../api/client.ts'
import type { OperationId } from '../api/routes.ts'
import { saveAsFile } from '../download.ts'
import { useClient } from '../session/session-context.ts'
import { Button } from './button.tsx'
import { ErrorState } from './error-state.tsx'

export interface DownloadButtonProps<Id extends OperationId> {
  readonly label: string
  /** The call whose answer is the file, and its media type, such as `text/csv`. */
  readonly call: Id
  readonly given: Given<Id>
  readonly type: string
  readonly fileName: string
  /** Selects the part of the answer to save. Default: all of it. */
  readonly pick?: (text: string) => string
}

/** Saves the answer of a call as a file. An error is shown next to the button. */
export function DownloadButton<Id extends OperationId>(props: DownloadButtonProps<Id>) {
  const { label, call, given, type, fileName, pick = (text) => text } = props
  const { t } = useTranslation()
  const client = useClient()
  const download = useMutation({
    mutationFn: () => client.text(call, given, type),
    onSuccess: (text) => saveAsFile(fileName, type, pick(text)),
  })
  return (
    <>
      <Button onPress={() => download.mutate()} isPending={download.isPending}>
        {download.isPending ? t('states.downloading') : label}
      </Button>
      {download.error !== null && <ErrorState error={download.error} />}
    </>
  )
}
