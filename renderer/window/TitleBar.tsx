import { ChevronDown, PanelLeft, PanelRight, Settings } from 'lucide-react'
import { SearchField } from '../gallery/SearchField'
import { ProviderDots } from '../settings/ProviderDots'
import { SpendMeter } from '../spend/SpendMeter'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Menu, MenuItem, MenuNote } from '../ui/Menu'
import { Popover } from '../ui/Popover'
import { Tip } from '../ui/Tip'
import { ToneMark } from '../ui/ToneMark'
import { useInfo, usePanels, useProviders } from './app-window-context'

/** The library's name, the search field, what was spent, and what should be known of this build. */
export function TitleBar() {
  const open = usePanels((state) => state.open)
  const toggle = usePanels((state) => state.toggle)
  const showProviders = useProviders((state) => state.show)
  const practice = useInfo((state) => state.info?.practice ?? false)
  const trusted = useInfo((state) => state.info?.trustedRuntime ?? true)
  const words = strings.title
  return (
    <header className="flex h-10 shrink-0 items-center gap-3.5 border-b border-line px-2">
      <h1 className="sr-only">{words.app}</h1>
      <div className="flex min-w-fit flex-1 items-center gap-1">
        <IconButton
          icon={PanelLeft}
          label={open.composer ? words.hideComposer : words.showComposer}
          keys="["
          onClick={() => toggle('composer')}
        />
        <LibraryMenu />
        {practice ? <PracticeChip /> : null}
      </div>
      <SearchField />
      <div className="flex min-w-fit flex-1 items-center justify-end gap-1">
        {trusted ? null : <RuntimeChip />}
        <SpendMeter />
        <ProviderDots />
        <IconButton
          icon={Settings}
          label={words.settings}
          keys="mod+,"
          onClick={() => showProviders('list')}
        />
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
          <span className="max-w-[14vw] truncate">{info.libraryName}</span>
          <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <MenuNote text={info.libraryFolder} />
      <MenuItem text={strings.title.reveal} onSelect={() => void revealLibrary()} />
    </Menu>
  )
}

function PracticeChip() {
  return (
    <Tip label={strings.title.practiceTip}>
      <button
        type="button"
        className="flex h-6 shrink-0 items-center gap-1.5 rounded-full border border-line-strong px-2.5 text-small whitespace-nowrap text-ink"
      >
        <ToneMark tone="info" />
        {strings.title.practice}
      </button>
    </Tip>
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
          className="shrink-0 whitespace-nowrap rounded-full border border-line-strong px-2.5 text-small text-ink-2 hover:text-ink data-[state=open]:text-ink"
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
