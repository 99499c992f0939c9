import { remoteProviderIds } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { Dot } from '../ui/Dot'
import { Tip } from '../ui/Tip'
import { useProviders } from '../window/app-window-context'
import { lookOf } from './provider-words'

const words = strings.providers

/** One mark for each platform; opens their list. */
export function ProviderDots() {
  const statuses = useProviders((state) => state.statuses)
  const show = useProviders((state) => state.show)
  const marks = remoteProviderIds.flatMap((id) => {
    const status = statuses.get(id)
    return status ? [{ id, look: lookOf(status) }] : []
  })
  if (marks.length === 0) return null
  const said = words.dots(
    marks.map(({ id, look }) => words.dotOf(providers[id].name, words.states[look])).join(', '),
  )
  return (
    <Tip label={said}>
      <button
        type="button"
        aria-label={said}
        onClick={() => show('list')}
        className="flex h-7 shrink-0 items-center gap-[5px] rounded-md px-2 hover:bg-surface-3"
      >
        {marks.map(({ id, look }) => (
          <Dot key={id} look={look} />
        ))}
      </button>
    </Tip>
  )
}
