import type { Question } from '../../shared/job-schema'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ErrorLine } from '../ui/ErrorLine'
import { useAsk, useProviders, useSpend } from '../window/app-window-context'
import type { Asked, Order } from './ask-store'
import { questionInWords, titleInWords, yesInWords } from './question-words'

const words = strings.ask

/** What must be answered before money is spent, where Generate was pressed. */
export function QuestionDialog() {
  const asked = useAsk((state) => state.asked)
  const error = useAsk((state) => state.error)
  const dismiss = useAsk((state) => state.dismiss)
  const [first] = asked?.questions ?? []
  return (
    <Dialog
      open={asked !== null}
      onClose={dismiss}
      place="composer"
      title={asked && first ? titleInWords(first, asked.order) : ''}
      className="w-[344px]"
    >
      {asked ? (
        <>
          <div className="grid gap-2.5">
            {asked.questions.map((question) => (
              <Words key={question.kind} question={question} order={asked.order} />
            ))}
          </div>
          {error ? <ErrorLine error={error} /> : null}
          {/* A key held on one answer must not give the next one too. */}
          <Answers key={asked.yes.length} asked={asked} />
        </>
      ) : null}
    </Dialog>
  )
}

function Words({ question, order }: { readonly question: Question; readonly order: Order }) {
  const status = useProviders((state) => state.statuses.get(order.provider))
  const spend = useSpend((state) => state.spend)
  const { happened, means } = questionInWords(question, order, { status, spend })
  return (
    <div className="selectable">
      {happened.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="text-ink-2">{means}</p>
    </div>
  )
}

function Answers({ asked }: { readonly asked: Asked }) {
  const sending = useAsk((state) => state.sending)
  const answer = useAsk((state) => state.answer)
  const dismiss = useAsk((state) => state.dismiss)
  // The second click of a double click must not answer the question that comes after.
  const answerBy =
    (lift: boolean) =>
    ({ detail }: { readonly detail: number }) => {
      if (detail < 2) void answer(lift)
    }
  const isOver = asked.questions.some(({ kind }) => kind === 'over-cap')
  return (
    <div className="mt-4 flex justify-end gap-2">
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
        <>
          <Button look="quiet" onClick={dismiss}>
            {words.no}
          </Button>
          <Button look="primary" busy={sending} onClick={answerBy(false)}>
            {yesInWords(asked)}
          </Button>
        </>
      )}
    </div>
  )
}
