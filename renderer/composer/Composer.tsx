import { strings } from '../strings'
import { useComposer } from '../window/app-window-context'
import { FieldBox } from './FieldBox'
import { GenerateBar } from './GenerateBar'
import { PromptField } from './PromptField'
import { ProviderList } from './ProviderList'
import { Settings } from './Settings'
import { Slots } from './Slots'

/** The panel where a recipe is put together. */
export function Composer() {
  const loaded = useComposer((state) => state.loaded)
  return (
    <section
      aria-label={strings.composer.label}
      className="flex min-h-0 min-w-0 flex-col border-r border-line"
    >
      {loaded ? (
        <>
          <div className="grid min-h-0 grow grid-cols-1 content-start gap-3.5 overflow-y-auto [@media(max-height:760px)]:gap-2.5 py-3 pr-1 pl-3.5 [scrollbar-gutter:stable]">
            <Slots />
            <PromptField />
            <Settings />
            <ProviderList />
            <FieldBox fields={[null]}>{null}</FieldBox>
          </div>
          <GenerateBar />
        </>
      ) : null}
    </section>
  )
}
