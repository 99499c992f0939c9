import { Lock, LockOpen } from 'lucide-react'
import { useId } from 'react'
import { maxSeed } from '../../shared/recipe'
import { strings } from '../strings'
import { IconButton } from '../ui/IconButton'
import { useComposer } from '../window/app-window-context'

const words = strings.composer

/** The seed: empty lets the platform choose; the lock fixes one, or lets it go. Takes digits only. */
export function SeedField() {
  const id = useId()
  const seed = useComposer((state) => state.recipe.seed)
  const edit = useComposer((state) => state.edit)
  const setSeed = (next: number | null) => edit((before) => ({ ...before, seed: next }))
  const onTyped = (text: string) => {
    const digits = text.replaceAll(/\D/g, '')
    setSeed(digits === '' ? null : Math.min(Number(digits), maxSeed))
  }
  const chooseOne = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  return (
    <div className="flex h-7 min-w-0 items-center rounded-md bg-surface-3 pl-2.5 focus-within:outline-2 focus-within:outline-accent">
      <label htmlFor={id} className="pr-2 text-ink-2">
        {words.seed}
      </label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        value={seed ?? ''}
        placeholder={words.seedAny}
        onChange={({ target }) => onTyped(target.value)}
        className="w-[84px] bg-transparent outline-none placeholder:text-ink-3"
      />
      <IconButton
        icon={seed === null ? LockOpen : Lock}
        look="small"
        className="mr-1"
        label={seed === null ? words.fixSeed : words.freeSeed}
        onClick={() => setSeed(seed === null ? chooseOne() : null)}
      />
    </div>
  )
}
