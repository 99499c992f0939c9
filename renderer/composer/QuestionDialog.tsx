import type { Question } from '../../shared/job-schema'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ErrorLine } from '../ui/ErrorLine'
import { useAsk, useProviders, useSpend } from '../window/app-window-context'
import type { Asked } from './ask-store'
import { creditWorth } from './provider-rows'
import { questionInWords, titleInWords, yesInWords } from './question-words'
import { unbroken } from '../ui/unbroken'

const words = strings.ask

/** What must be answered before money is spent, where Generate was pressed. */
export function QuestionDialog() {
  const asked = useAsk((state) => state.asked)
  const error = useAsk((state) => state.error)
  const dismiss = useAsk((state) => state.dismiss)
  const worth = useWorth(asked)
  const [first] = asked?.questions ?? []
  return (
    <Dialog
      open={asked !== null}
      onClose={dismiss}
      place="composer"
      title={asked && first ? titleInWords(first, asked.order, worth) : ''}
      className="w-[388px]"
    >
      {asked ? (
        <>
          <div className="grid gap-2.5">
            {asked.questions.map((question) => (
              <Words key={question.kind} question={question} asked={asked} />
            ))}
          </div>
          {error ? <ErrorLine error={error} /> : null}
          {/* A key held on one answer must not give the next one too. */}
          <Answers key={asked.yes.length} asked={asked} />
          <Series asked={asked} />
        </>
      ) : null}
    </Dialog>
  )
}

function useWorth(asked: Asked | null): number | null {
  return useProviders((state) => creditWorth(asked ? state.statuses.get(asked.order.provider) : undefined))
}

function Words({ question, asked }: { readonly question: Question; readonly asked: Asked }) {
  const status = useProviders((state) => state.statuses.get(asked.order.provider))
  const spend = useSpend((state) => state.spend)
  const { happened, means } = questionInWords(question, asked, { status, spend })
  return (
    <div className="selectable">
      {happened.map((sentence) => (
        <p key={sentence}>{unbroken(sentence)}</p>
      ))}
      <p className="text-ink-2">{unbroken(means)}</p>
    </div>
  )
}

function Answers({ asked }: { readonly asked: Asked }) {
  const sending = useAsk((state) => state.sending)
  const answer = useAsk((state) => state.answer)
  const dismiss = useAsk((state) => state.dismiss)
  const worth = useWorth(asked)
  // The second click of a double click must not answer the question that comes after.
  const answerBy =
    (lift: boolean) =>
    ({ detail }: { readonly detail: number }) => {
      if (detail < 2) void answer(lift)
    }
  const isOver = asked.questions.some(({ kind }) => kind === 'over-cap')
  return (
    <div className="mt-4 flex justify-end gap-2">
      <Button look="quiet" title={words.noTip} onClick={dismiss}>
        {words.no}
      </Button>
      {isOver ? (
        <>
          <Button busy={sending} onClick={answerBy(true)}>
            {words.allow}
          </Button>
          <Button look="primary" busy={sending} onClick={answerBy(false)}>
            {words.queue}
          </Button>
        </>
      ) : (
        <Button look="primary" busy={sending} onClick={answerBy(false)}>
          {yesInWords(asked, worth)}
        </Button>
      )}
    </div>
  )
}

/** Which of several orders is asked about, and the way out of all that are left. */
function Series({ asked: { order } }: { readonly asked: Asked }) {
  const stop = useAsk((state) => state.stop)
  if (!order.series) return null
  const { number, of } = order.series
  return (
    <div className="mt-4 flex min-h-6 items-center justify-between border-t border-line pt-2.5 text-ink-2">
      {words.place(number, of)}
      {number < of ? (
        <Button look="quiet" size="small" className="-mr-2" title={words.stopTip} onClick={stop}>
          {words.stop}
        </Button>
      ) : null}
    </div>
  )
}
