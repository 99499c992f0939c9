import { Search, X } from 'lucide-react'
import { strings } from '../strings'
import { IconButton } from '../ui/IconButton'
import { Kbd } from '../ui/Kbd'
import { useGallery } from '../window/app-window-context'

const fieldId = 'search'

/** Puts the cursor into the search field and marks what stands there. */
export function focusSearch(): void {
  const field = document.getElementById(fieldId)
  if (field instanceof HTMLInputElement) field.select()
}

/** Searches the gallery while it is typed in; Escape empties it, and once empty leaves it. */
export function SearchField() {
  const typed = useGallery((state) => state.typed)
  const setTyped = useGallery((state) => state.setTyped)
  return (
    <search className="flex h-[26px] @container w-[340px] min-w-36 items-center gap-2 rounded-md border border-line bg-surface-2 pr-1 pl-2 text-ink-3 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent">
      <Search size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <input
        id={fieldId}
        type="text"
        role="searchbox"
        aria-label={strings.search.label}
        placeholder={strings.search.label}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== 'Escape') return
          if (typed === '') currentTarget.blur()
          setTyped('')
        }}
        className="min-w-0 grow bg-transparent text-ellipsis text-ink outline-none placeholder:text-ink-3"
      />
      {typed === '' ? (
        // Where there is room for it beside what the field is for.
        <span className="flex @max-[240px]:hidden">
          <Kbd keys="mod+F" />
        </span>
      ) : (
        <IconButton
          icon={X}
          look="small"
          label={strings.search.clear}
          keys="Esc"
          onClick={() => setTyped('')}
        />
      )}
    </search>
  )
}
