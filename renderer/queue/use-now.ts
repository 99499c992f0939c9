import { useEffect, useState } from 'react'

/** How often what counts seconds is drawn anew, milliseconds. */
const tickMs = 1000

/** The time in milliseconds since 1970, anew every second while `ticking`. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!ticking) return
    const tick = () => setNow(Date.now())
    // What was read when the component was made may be long ago.
    const first = setTimeout(tick)
    const timer = setInterval(tick, tickMs)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [ticking])
  return now
}
