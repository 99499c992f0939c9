import { strings } from '../strings'
import { useComposer } from '../window/app-window-context'
import { promptCounter } from './recipe-words'

/** The prompt: grows with its text up to a quarter of the window, then scrolls. */
export function PromptField() {
  const prompt = useComposer((state) => state.recipe.prompt)
  const limit = useComposer((state) => state.provider.capabilities.maxPrompt)
  const setPrompt = useComposer((state) => state.setPrompt)
  const counter = promptCounter(prompt.length, limit)
  return (
    <div>
      <div className="mb-1 flex justify-between text-small text-ink-2">
        <label htmlFor="prompt">{strings.composer.prompt}</label>
        {counter ? (
          <span aria-live="polite" className={counter.over ? 'text-bad' : 'text-ink-3'}>
            {counter.text}
          </span>
        ) : null}
      </div>
      <textarea
        id="prompt"
        value={prompt}
        placeholder={strings.composer.promptHint}
        spellCheck={false}
        onChange={({ target }) => setPrompt(target.value)}
        className="block field-sizing-content max-h-[26vh] min-h-[84px] w-full resize-none rounded-md border border-line bg-surface-2 px-2.5 py-2 leading-[1.5] placeholder:text-ink-3 focus:border-line-strong focus-visible:outline-offset-0"
      />
    </div>
  )
}
