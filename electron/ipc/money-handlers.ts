import { writeFile } from 'node:fs/promises'
import type { AppContract } from '../../shared/contract'
import type { Handlers } from '../../shared/ipc'
import type { Spend } from '../../shared/money-schema'
import type { Engine } from '../jobs/engine'
import { ledgerCsv } from '../jobs/money/ledger-csv'

/** Calls about money and the queue as a whole. */
export function moneyHandlers(deps: {
  readonly engine: Engine
  readonly pickCsv: () => Promise<string | undefined>
  readonly onSpend: (spend: Spend) => void
}) {
  const { engine } = deps
  return {
    'money.spend': () => engine.ledger.spend(),
    'money.setCaps': (caps) => {
      engine.limits.setCaps(caps)
      engine.wake()
      const spend = engine.ledger.spend()
      deps.onSpend(spend)
      return spend
    },
    'money.export': async () => {
      const file = await deps.pickCsv()
      if (file === undefined) return { file: null }
      await writeFile(file, ledgerCsv(engine.ledger.lines()))
      return { file }
    },
    'queue.state': () => engine.queue(),
    'queue.pause': () => {
      engine.setPaused(true)
      return engine.queue()
    },
    'queue.resume': () => {
      engine.setPaused(false)
      return engine.queue()
    },
    'queue.awayRead': () => {
      engine.awayRead()
      return engine.queue()
    },
  } satisfies Partial<Handlers<AppContract>>
}
