import { useState } from 'react'
import type { ErrorShape } from '../../shared/error'
import type { RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { ErrorLine } from '../ui/ErrorLine'
import { focusOnMount } from '../ui/focus-on-mount'
import { useProviders } from '../window/app-window-context'

const words = strings.connect

/** Asks before a key goes, and says what that means for jobs that are running. */
export function RemoveKey({ id, onEnd }: { readonly id: RemoteProviderId; readonly onEnd: () => void }) {
  const removeKey = useProviders((state) => state.removeKey)
  const [error, setError] = useState<ErrorShape | null>(null)
  const { name } = providers[id]
  const remove = async () => {
    const failure = await removeKey(id)
    if (failure) setError(failure)
    else onEnd()
  }
  return (
    <section aria-label={words.removeTitle(name)} className="mt-5 rounded-md border border-line-strong p-3.5">
      <h3 className="font-semibold">{words.removeTitle(name)}</h3>
      <p className="mt-1 text-ink-2">{words.removeMeans(name)}</p>
      {error ? <ErrorLine error={error} /> : null}
      <div className="mt-3 flex justify-end gap-2">
        <Button look="quiet" onClick={() => void remove()}>
          {words.remove}
        </Button>
        {/* The question takes the focus, on the answer that changes nothing. */}
        <Button ref={focusOnMount} onClick={onEnd}>
          {words.keep}
        </Button>
      </div>
    </section>
  )
}
