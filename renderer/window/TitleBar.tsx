import { ChevronDown, PanelLeft, PanelRight } from 'lucide-react'
import { SearchField } from '../gallery/SearchField'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Menu, MenuItem, MenuNote } from '../ui/Menu'
import { Popover } from '../ui/Popover'
import { useInfo, usePanels } from './app-window-context'

/** The library's name, the search field, and what should be known of this build. */
export function TitleBar() {
  const open = usePanels((state) => state.open)
  const toggle = usePanels((state) => state.toggle)
  const trusted = useInfo((state) => state.info?.trustedRuntime ?? true)
  const words = strings.title
  return (
    <header className="grid h-10 shrink-0 grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3.5 border-b border-line px-2">
      <h1 className="sr-only">{words.app}</h1>
      <div className="flex min-w-0 items-center gap-1">
        <IconButton
          icon={PanelLeft}
          label={open.composer ? words.hideComposer : words.showComposer}
          keys="["
          onClick={() => toggle('composer')}
        />
        <LibraryMenu />
      </div>
      <SearchField />
      <div className="flex min-w-0 items-center justify-end gap-1">
        {trusted ? null : <RuntimeChip />}
        <IconButton
          icon={PanelRight}
          label={open.inspector ? words.hideInspector : words.showInspector}
          keys="]"
          onClick={() => toggle('inspector')}
        />
      </div>
    </header>
  )
}

function LibraryMenu() {
  const info = useInfo((state) => state.info)
  const revealLibrary = useInfo((state) => state.revealLibrary)
  if (!info) return null
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={strings.title.libraryMenu(info.libraryName)}
          className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-1.5 font-semibold hover:bg-surface-3 data-[state=open]:bg-surface-3"
        >
          <span className="truncate">{info.libraryName}</span>
          <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <MenuNote text={info.libraryFolder} />
      <MenuItem text={strings.title.reveal} onSelect={() => void revealLibrary()} />
    </Menu>
  )
}

function RuntimeChip() {
  const openExternal = useInfo((state) => state.openExternal)
  const words = strings.title
  return (
    <Popover
      side="bottom"
      align="end"
      label={words.development}
      className="w-80"
      trigger={
        <button
          type="button"
          className="truncate rounded-full border border-line-strong px-2.5 text-small text-ink-2 hover:text-ink data-[state=open]:text-ink"
        >
          {words.development}
        </button>
      }
    >
      <p className="mb-2.5 text-ink-2">{words.developmentText}</p>
      <Button size="small" onClick={() => void openExternal(words.electronUrl)}>
        {words.developmentLink}
      </Button>
    </Popover>
  )
}
