import { Plus } from 'lucide-react'
import { useState } from 'react'
import { maxNegativePromptLength } from '../../shared/recipe'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { focusOnMount } from '../ui/focus-on-mount'
import { useComposer } from '../window/app-window-context'
import { TextCounter } from './TextCounter'

const words = strings.composer
const fieldId = 'negative-prompt'

/** What must not be seen; a button while it is empty. */
export function NegativePrompt() {
  const text = useComposer((state) => state.recipe.negativePrompt)
  const { negativePrompt, maxNegativePrompt } = useComposer((state) => state.provider.capabilities)
  const edit = useComposer((state) => state.edit)
  const [open, setOpen] = useState(false)
  if (!open && text === '') {
    return (
      <Button look="quiet" size="small" className="-ml-2" onClick={() => setOpen(true)}>
        <Plus size={14} aria-hidden />
        {words.addNegativePrompt}
      </Button>
    )
  }
  return (
    <div className="mt-1.5">
      <div className="mb-1 flex justify-between text-small text-ink-2">
        <label htmlFor={fieldId}>{words.negativePrompt}</label>
        {negativePrompt === 'yes' ? <TextCounter length={text.length} limit={maxNegativePrompt} /> : null}
      </div>
      <textarea
        id={fieldId}
        value={text}
        placeholder={words.negativeHint}
        spellCheck={false}
        // Opened by the user just now, to type into; one that came with the recipe leaves the focus where it is.
        ref={open ? focusOnMount : null}
        maxLength={maxNegativePromptLength}
        onChange={({ target }) =>
          edit((before) => ({ ...before, negativePrompt: target.value.slice(0, maxNegativePromptLength) }))
        }
        onBlur={() => setOpen(false)}
        className="block field-sizing-content max-h-[16vh] min-h-[46px] w-full resize-none rounded-md border border-line bg-surface-2 px-2.5 py-1.5 leading-[1.5] wrap-anywhere placeholder:text-ink-3 focus:border-line-strong focus-visible:outline-offset-0"
      />
    </div>
  )
}
