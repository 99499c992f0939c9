import { createStore, type StoreApi } from 'zustand'
import type { CreateResult } from '../../shared/contract'
import { toErrorShape, type ErrorShape } from '../../shared/error'
import type { Job, Question } from '../../shared/job-schema'
import type { ProviderId } from '../../shared/provider'
import type { Calls } from '../connect'
import type { Price } from '../spend/price'

export type QuestionKind = Question['kind']

/** A press of Generate, or of "Run again": what is to be sent, and how. */
export interface Order {
  readonly provider: ProviderId
  /** The price as it was shown; null when none was. */
  readonly quote: Price | null
  /** Makes the job, or asks; `yes` are the kinds of questions answered with yes, `shown` is the price on the screen. */
  readonly send: (yes: readonly QuestionKind[], shown?: Price) => Promise<CreateResult>
  readonly onCreated: (job: Job) => void
  /** The user said no to a question: no job is made. */
  readonly onDropped?: () => void
  /** Its place among the orders of one press, from 1; null for one that came alone. */
  readonly series?: {
    readonly number: number
    readonly of: number
    /** Called before the drop: those behind it are not wanted either. */
    readonly onStopped: () => void
  }
}

/** What must be answered before an order becomes a job. */
export interface Asked {
  readonly order: Order
  readonly questions: readonly Question[]
  readonly yes: readonly QuestionKind[]
}

export interface AskState {
  readonly asked: Asked | null
  /** True while an answer is on its way: a second press does nothing. */
  readonly sending: boolean
  /** Why the answer could not be given; it can be given again. */
  readonly error: ErrorShape | null
  /** Sends an order once the one before it has come to its end, and asks what must be asked; throws what its call throws. */
  readonly start: (order: Order) => Promise<void>
  /** Yes to everything asked. `lift` lets this one pass its cap; without it the job waits for the cap. */
  readonly answer: (lift: boolean) => Promise<void>
  readonly dismiss: () => void
  /** The same, for the orders of the same press that are still to come too. */
  readonly stop: () => void
}

/**
 * The questions between a press of Generate and the job. They are asked here, never in a queue nobody watches, and one
 * order after another: a question is never taken away, nor another one put under the pointer.
 */
export function createAskStore(deps: {
  readonly client: Calls<'jobs.allow'>
  readonly fail: (thrown: unknown) => void
}): StoreApi<AskState> {
  return createStore<AskState>((set, get) => {
    /** Fulfilled once the newest order is created, dropped or thrown. */
    let newest: Promise<void> = Promise.resolve()
    /** Lets the order go on that waits behind the one at hand. */
    let release = (): void => undefined
    const send = async (order: Order, yes: readonly QuestionKind[]): Promise<Job | null> => {
      const result = await order.send(yes, order.quote ?? undefined)
      if (result.kind === 'ask') {
        const { questions } = result
        // From now on this is the price that is shown.
        const dearer = questions.find((question) => question.kind === 'dearer')
        set({
          asked: { order: dearer ? { ...order, quote: dearer.quote } : order, questions, yes },
          error: null,
        })
        return null
      }
      set({ asked: null, error: null })
      order.onCreated(result.job)
      return result.job
    }
    // The job is written down by then: a failure leaves it waiting in the queue, where it can be allowed too.
    const liftCap = ({ id, quote }: Job) =>
      deps.client['jobs.allow']({ id, to: 'budget', seen: quote }).then(() => undefined, deps.fail)

    return {
      asked: null,
      sending: false,
      error: null,
      start: async (order) => {
        const before = newest
        const end = Promise.withResolvers<void>()
        newest = end.promise
        await before
        release = end.resolve
        try {
          await send(order, [])
        } finally {
          if (!get().asked) release()
        }
      },
      answer: async (lift) => {
        const { asked, sending } = get()
        if (!asked || sending) return
        const yes = [...new Set([...asked.yes, ...asked.questions.map(({ kind }) => kind)])]
        set({ sending: true, error: null })
        try {
          const job = await send(asked.order, yes)
          if (job && lift) await liftCap(job)
        } catch (thrown) {
          set({ error: toErrorShape(thrown) })
        } finally {
          set({ sending: false })
          if (!get().asked) release()
        }
      },
      dismiss: () => {
        const { asked, sending } = get()
        if (sending) return
        set({ asked: null, error: null })
        asked?.order.onDropped?.()
        if (asked) release()
      },
      stop: () => {
        const { asked, sending, dismiss } = get()
        if (sending) return
        asked?.order.series?.onStopped()
        dismiss()
      },
    }
  })
}
