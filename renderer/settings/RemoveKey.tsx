import type { RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { useProviders } from '../window/app-window-context'
import { RemoveQuestion } from './RemoveQuestion'

const words = strings.connect

/** Asks before a key goes, and says what that means for jobs that are running. */
export function RemoveKey({ id, onEnd }: { readonly id: RemoteProviderId; readonly onEnd: () => void }) {
  const removeKey = useProviders((state) => state.removeKey)
  const { name } = providers[id]
  return (
    <RemoveQuestion
      title={words.removeTitle(name)}
      means={words.removeMeans(name)}
      yes={words.remove}
      no={words.keep}
      remove={() => removeKey(id)}
      onEnd={onEnd}
      className="mt-5"
    />
  )
}
