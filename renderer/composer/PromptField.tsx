import { strings } from '../strings'
import { useComposer } from '../window/app-window-context'
import { FieldBox } from './FieldBox'
import { TextCounter } from './TextCounter'

/** The prompt: grows with its text up to a quarter of the window, then scrolls. */
export function PromptField() {
  const prompt = useComposer((state) => state.recipe.prompt)
  const limit = useComposer((state) => state.provider.capabilities.maxPrompt)
  const setPrompt = useComposer((state) => state.setPrompt)
  return (
    <FieldBox fields={['prompt']}>
      <div className="mb-1 flex justify-between text-small text-ink-2">
        <label htmlFor="prompt">{strings.composer.prompt}</label>
        <TextCounter length={prompt.length} limit={limit} />
      </div>
      <textarea
        id="prompt"
        value={prompt}
        placeholder={strings.composer.promptHint}
        spellCheck={false}
        onChange={({ target }) => setPrompt(target.value)}
        className="block field-sizing-content max-h-[26vh] min-h-[84px] [@media(max-height:760px)]:min-h-[56px] w-full resize-none rounded-md border border-line bg-surface-2 px-2.5 py-2 leading-[1.5] wrap-anywhere placeholder:text-ink-3 focus:border-line-strong focus-visible:outline-offset-0"
      />
    </FieldBox>
  )
}
