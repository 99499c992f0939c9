import { strings } from '../strings'
import { useComposer } from '../window/app-window-context'
import { GenerateBar } from './GenerateBar'
import { PromptField } from './PromptField'
import { Settings } from './Settings'
import { Slots } from './Slots'

/** The panel where a recipe is put together. */
export function Composer() {
  const loaded = useComposer((state) => state.loaded)
  return (
    <section aria-label={strings.composer.label} className="flex min-h-0 flex-col border-r border-line">
      {loaded ? (
        <>
          <div className="grid min-h-0 grow content-start gap-3.5 overflow-y-auto py-3 pr-1 pl-3.5 [scrollbar-gutter:stable]">
            <Slots />
            <PromptField />
            <Settings />
            <ProviderRow />
          </div>
          <GenerateBar />
        </>
      ) : null}
    </section>
  )
}

function ProviderRow() {
  const { id, name } = useComposer((state) => state.provider)
  return (
    <div>
      <div className="mb-1 text-small text-ink-2">{strings.composer.provider}</div>
      <div className="flex justify-between border-y border-line px-1 py-1.5">
        <span>
          {name} <span className="text-ink-3">{strings.composer.where[id]}</span>
        </span>
        <span>{strings.composer.price}</span>
      </div>
    </div>
  )
}
