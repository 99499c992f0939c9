import { useState } from 'react'
import type { ErrorShape } from '../../shared/error'
import type { RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { ErrorLine } from '../ui/ErrorLine'
import { RadioCard } from '../ui/RadioCard'
import { useProviders } from '../window/app-window-context'

const words = strings.connection

/** In which of the ways that a platform's own documents describe it is asked; nothing where they agree. */
export function DialectForm({
  id,
  spoken,
}: {
  readonly id: RemoteProviderId
  readonly spoken: string | null
}) {
  const { dialects } = providers[id]
  const setDialect = useProviders((state) => state.setDialect)
  const [error, setError] = useState<ErrorShape | null>(null)
  const [first] = dialects
  if (!first) return null
  const chosen = dialects.find((dialect) => dialect.id === spoken) ?? first
  return (
    <fieldset className="mt-6">
      <legend className="mb-1.5 font-semibold">{words.dialect}</legend>
      <div className="grid gap-2">
        {dialects.map((dialect) => (
          <RadioCard
            key={dialect.id}
            name="dialect"
            value={dialect.id}
            checked={dialect === chosen}
            onChoose={() => void setDialect(id, dialect.id).then(setError)}
          >
            <span className="block">{dialect.name}</span>
            <span className="block text-small text-ink-2">{dialect.note}</span>
          </RadioCard>
        ))}
      </div>
      {error ? <ErrorLine error={error} /> : null}
      <p className="mt-1.5 text-small text-ink-3">{words.dialectMeans}</p>
    </fieldset>
  )
}
