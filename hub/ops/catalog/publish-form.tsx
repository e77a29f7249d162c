import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonCharsMax } from '../../../contract/reason.ts'
import type { Query } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'
import { Button } from '../../components/button.tsx'
import { DayField } from '../../components/day-field.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Form } from '../../components/form.tsx'
import { TextField } from '../../components/text-field.tsx'
import { useSay } from '../../layout/messages.tsx'
import { Confirm } from './confirm.tsx'
import type { Published } from './published.ts'

export type FieldProblem = Problem['errors'][number]

export interface Draft {
  readonly version: string
  readonly effectiveAt: string
  readonly reason: string
}

export interface PublishFormProps {
  readonly title: string
  readonly now: string
  /** The reason why the content cannot be sent yet, as a text. Absent: it can. */
  readonly problem: string | undefined
  /** Checks the version, or publishes it. */
  readonly send: (draft: Draft, query: Query<'publishRateCard'>) => Promise<Published>
  /** The fields of the content. */
  readonly editor: (errors: readonly FieldProblem[]) => ReactNode
  /** Shown between the check and the confirmation. */
  readonly review?: ReactNode
}

/** Publishes a version in two steps: the content is checked by the service, then confirmed by the typed version. */
export function PublishForm(props: PublishFormProps) {
  const { t } = useTranslation('ops-catalog')
  const [isOpen, setOpen] = useState(false)
  if (!isOpen)
    return (
      <div className="buttons">
        <Button onPress={() => setOpen(true)}>{props.title}</Button>
      </div>
    )
  return (
    <section className="publish" aria-label={props.title}>
      <h3>{props.title}</h3>
      <Steps {...props} onDone={() => setOpen(false)} />
      <div className="buttons">
        <Button look="quiet" onPress={() => setOpen(false)}>
          {t('publish.cancel')}
        </Button>
      </div>
    </section>
  )
}

function Steps(props: PublishFormProps & { readonly onDone: () => void }) {
  const { send, review, onDone } = props
  const { t } = useTranslation('ops-catalog')
  const queries = useQueryClient()
  const say = useSay()
  const [draft, setDraft] = useState<Draft>({ version: '', effectiveAt: '', reason: '' })
  const check = useMutation({ mutationFn: () => send(draft, { preview: 'true' }) })
  const publish = useMutation({
    mutationFn: () => send(draft, {}),
    onSuccess: async ({ version }) => {
      await queries.invalidateQueries()
      say(t('publish.done', { version }))
    },
  })
  if (check.data === undefined)
    return (
      <Fields {...props} draft={draft} onChange={setDraft} onCheck={() => check.mutate()} check={check} />
    )
  return (
    <Confirm
      checked={check.data}
      review={review}
      error={publish.error}
      isPending={publish.isPending}
      onBack={check.reset}
      onConfirm={() => void publish.mutateAsync().then(onDone, () => undefined)}
    />
  )
}

interface FieldsProps extends PublishFormProps {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly onCheck: () => void
  readonly check: { readonly error: Error | null; readonly isPending: boolean }
}

function Fields({
  now,
  problem,
  editor,
  draft,
  onChange,
  onCheck,
  check: { error, isPending },
}: FieldsProps) {
  const { t } = useTranslation('ops-catalog')
  const [isTried, setTried] = useState(false)
  const errors = error instanceof Problem ? error.errors : []
  const { version, effectiveAt, reason } = draft
  const missing = (text: string) => (isTried && text.trim() === '' ? t('publish.missing') : undefined)
  const send = () => {
    setTried(true)
    if (problem === undefined && [version, effectiveAt, reason].every((text) => text.trim() !== '')) onCheck()
  }
  return (
    <Form isPending={isPending} onSubmit={send}>
      {editor(errors)}
      {isTried && problem !== undefined && <p role="alert">{problem}</p>}
      <TextField
        label={t('publish.version')}
        hint={t('publish.versionHint')}
        value={version}
        onChange={(text) => onChange({ ...draft, version: text.trim() })}
        problem={missing(version)}
        isRequired
      />
      <DayField
        label={t('publish.day')}
        value={effectiveAt.slice(0, 10)}
        today={now.slice(0, 10)}
        onChange={(day) => onChange({ ...draft, effectiveAt: day === '' ? '' : `${day}T00:00:00Z` })}
        problem={missing(effectiveAt)}
      />
      <p className="hint">{t('publish.dayHint')}</p>
      <TextField
        label={t('publish.reason')}
        hint={t('publish.reasonHint')}
        value={reason}
        onChange={(text) => onChange({ ...draft, reason: text })}
        lengthMax={reasonCharsMax}
        problem={missing(reason)}
        isRequired
      />
      {error !== null && <ErrorState error={error} />}
      {errors.length > 0 && (
        <ul>
          {errors.map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>
              <code>{pointer}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <div className="buttons">
        <Button type="submit" look="primary" isPending={isPending}>
          {t('publish.check')}
        </Button>
      </div>
    </Form>
  )
}
