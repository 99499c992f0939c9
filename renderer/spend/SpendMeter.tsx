import { strings } from '../strings'
import { useSpend } from '../window/app-window-context'
import { capInWords, totalInWords } from './money-words'

const words = strings.spend

/** What today has cost against its cap; opens the caps. */
export function SpendMeter() {
  const spend = useSpend((state) => state.spend)
  const setOpen = useSpend((state) => state.setOpen)
  if (!spend) return null
  const { dayMicros } = spend.caps
  const today = totalInWords({ unit: 'usd', micros: spend.todayMicros })
  const cap = dayMicros === null ? null : capInWords(dayMicros)
  const share = dayMicros === null ? 0 : Math.min(1, dayMicros === 0 ? 1 : spend.todayMicros / dayMicros)
  const isReached = cap !== null && share >= 1
  return (
    <button
      type="button"
      onClick={() => setOpen(true)}
      className="flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 whitespace-nowrap hover:bg-surface-3"
    >
      {/* The spaces are for who hears it as one sentence. */}
      <span className="text-ink-2">{words.today} </span>
      <span>{today} </span>
      {cap === null ? null : (
        <>
          <span className={`text-ink-3 ${isReached ? 'max-[1240px]:hidden' : ''}`}>{words.of(cap)} </span>
          <span
            aria-hidden
            className={`ml-1 h-1 w-[72px] overflow-hidden rounded-xs bg-surface-4 max-[1240px]:w-9 ${isReached ? 'max-[1240px]:hidden' : ''}`}
          >
            <span
              className={`block h-full ${isReached ? 'bg-warn' : 'bg-ink-2'}`}
              style={{ width: `${share * 100}%` }}
            />
          </span>
          {isReached ? <span className="text-warn">▲ {words.reached}</span> : null}
        </>
      )}
      <span className="sr-only">· {words.open}</span>
    </button>
  )
}
