import { type RemoteProvider } from '../../electron/providers/provider'
import type { Quote } from '../../shared/money'
import { createTestClock } from './engine-clock'
import { createPlatform } from './engine-platform'
import { engineScene, type Session } from './engine-scene'
import { dollars } from './money-scene'

export const minute = 60_000
export const hour = 60 * minute

/** A job that was ordered for one dollar and waits, as the queue is paused. */
export async function pricingScene(first: Quote = dollars(1)) {
  const clock = createTestClock()
  const krea = createPlatform(clock, { quote: first })
  const parts = await engineScene({ clock, krea })
  const open = (session: Session) => {
    const wait = (id: string) => session.commands.list().find((job) => job.id === id)?.wait?.kind
    return { ...session, wait }
  }
  const session = open(parts.start())
  session.engine.setPaused(true)
  const id = await session.create()
  return {
    ...parts,
    ...session,
    krea,
    id,
    start: () => open(parts.start()),
    /** Another price, because the platform is spoken to otherwise from now on. */
    change: async (quote: Quote, how: Partial<RemoteProvider> = { dialect: 'B' }) => {
      const { desk, engine } = session
      krea.setQuote(quote)
      Object.assign(krea.provider, how)
      // What the desk does after every change of settings.
      desk.setLimits('krea', engine.limits.of('krea'))
      await clock.advance(10)
    },
    resume: async () => {
      session.engine.setPaused(false)
      await clock.advance(100)
    },
    sent: () => krea.accepted.length,
    today: () => session.engine.ledger.spend().todayMicros,
  }
}
