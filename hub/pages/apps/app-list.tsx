import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AdminButton, Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Panel } from '../../components/panel.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { useMayChange } from '../../session/session-context.ts'
import { AppRow, type AppRowProps } from './app-row.tsx'
import type { HubApp } from './app-state.tsx'
import { LimitDialog } from './limit-dialog.tsx'
import { MoveProgress } from './move-progress.tsx'
import type { Moving } from './use-moving.ts'

const shownAtFirst = 50
const searchedFrom = 10

export interface AppListProps {
  readonly apps: readonly HubApp[]
  readonly hasHub: boolean
  readonly moving: Moving
  readonly balance: AppRowProps['balance']
}

/** The team's apps with their state and limits. Selected apps can be moved into the hub. */
export function AppList({ apps, hasHub, moving, balance }: AppListProps) {
  const { t } = useTranslation('apps')
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState(shownAtFirst)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [limited, setLimited] = useState<string>()
  const found = apps.filter((app) => matches(app, search))
  const select = (appIds: readonly string[], isSelected: boolean) =>
    setSelected((before) => {
      const others = [...before].filter((appId) => !appIds.includes(appId))
      return new Set(isSelected ? [...others, ...appIds] : others)
    })
  const limitedApp = apps.find(({ appId }) => appId === limited)
  return (
    <Panel title={t('list.title', { count: apps.length })}>
      {apps.length >= searchedFrom && (
        <SearchField label={t('list.search')} value={search} onChange={setSearch} />
      )}
      <Selection {...{ found, selected, select, hasHub, moving }} />
      <MoveProgress
        moving={moving}
        nameOf={(appId) => apps.find((app) => app.appId === appId)?.name ?? appId}
      />
      {found.length === 0 && <p>{t('list.noneFound')}</p>}
      <ul className="apps">
        {found.slice(0, shown).map((app) => (
          <AppRow
            key={app.appId}
            app={app}
            balance={balance}
            isSelected={selected.has(app.appId)}
            onSelect={(isSelected) => select([app.appId], isSelected)}
            onLimit={() => setLimited(app.appId)}
          />
        ))}
      </ul>
      {found.length > shown && (
        <Button onPress={() => setShown(shown + shownAtFirst)}>{t('list.more')}</Button>
      )}
      {limitedApp && <LimitDialog app={limitedApp} onClose={() => setLimited(undefined)} />}
    </Panel>
  )
}

interface SelectionProps extends Pick<AppListProps, 'hasHub' | 'moving'> {
  readonly found: readonly HubApp[]
  readonly selected: ReadonlySet<string>
  readonly select: (appIds: readonly string[], isSelected: boolean) => void
}

/** Selects all apps that can be moved, and moves the selected ones. */
function Selection({ found, selected, select, hasHub, moving }: SelectionProps) {
  const { t } = useTranslation('apps')
  const mayChange = useMayChange()
  const movable = found.filter(({ inHub }) => !inHub).map(({ appId }) => appId)
  if (movable.length === 0 && selected.size === 0) return null
  const chosen = movable.filter((appId) => selected.has(appId)).length
  const moveText = selected.size === 0 ? t('list.moveNone') : t('list.move', { count: selected.size })
  const move = async () => {
    const moved = await moving.move([...selected])
    select(
      moved.map(({ appId }) => appId),
      false,
    )
  }
  return (
    <div className="selection">
      <Checkbox
        isSelected={movable.length > 0 && chosen === movable.length}
        isIndeterminate={chosen > 0 && chosen < movable.length}
        isDisabled={!mayChange || movable.length === 0}
        onChange={(isSelected) => select(movable, isSelected)}
      >
        {t('list.selectAll', { count: movable.length })}
      </Checkbox>
      <AdminButton
        look="primary"
        isDisabled={selected.size === 0 || !hasHub}
        isPending={moving.isMoving}
        onPress={() => void move()}
      >
        {moving.isMoving ? t('working') : moveText}
      </AdminButton>
      {!hasHub && <small>{t('list.hubFirst')}</small>}
    </div>
  )
}

function matches({ appId, name }: HubApp, search: string): boolean {
  const words = search.trim().toLowerCase()
  return name.toLowerCase().includes(words) || appId.toLowerCase().includes(words)
}
