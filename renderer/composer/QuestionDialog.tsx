import type { Question } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import { amountInWords, priceInWords } from '../spend/money-words'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ErrorLine } from '../ui/ErrorLine'
import { useAsk } from '../window/app-window-context'
import type { Asked } from './ask-store'

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
      title={first ? words.titles[first.kind] : ''}
      className="w-[344px]"
    >
      {asked ? (
        <>
          <div className="grid gap-2.5">
            {asked.questions.map((question) => (
              <Words
                key={question.kind}
                question={question}
                provider={providers[asked.order.provider].name}
              />
            ))}
          </div>
          {error ? <ErrorLine error={error} /> : null}
          <Answers asked={asked} />
        </>
      ) : null}
    </Dialog>
  )
}

function Words({ question, provider }: { readonly question: Question; readonly provider: string }) {
  const { happened, means } = inWords(question, provider)
  return (
    <div className="selectable">
      {happened.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="text-ink-2">{means}</p>
    </div>
  )
}

function inWords(
  question: Question,
  provider: string,
): { readonly happened: readonly string[]; readonly means: string } {
  switch (question.kind) {
    case 'again':
      return { happened: [words.again(provider, question.secondsAgo)], means: words.againMeans }
    case 'price-unknown':
      return { happened: [words.priceUnknown(provider)], means: words.priceUnknownMeans }
    case 'doubtful':
      return { happened: question.reasons, means: words.doubtfulMeans }
    case 'over-cap': {
      const over = amountInWords({ unit: 'usd', micros: question.overMicros })
      return { happened: [words.overCap[question.cap](over, provider)], means: words.waits[question.cap] }
    }
  }
}

function Answers({ asked }: { readonly asked: Asked }) {
  const sending = useAsk((state) => state.sending)
  const answer = useAsk((state) => state.answer)
  const dismiss = useAsk((state) => state.dismiss)
  const isOver = asked.questions.some(({ kind }) => kind === 'over-cap')
  return (
    <div className="mt-4 flex justify-end gap-2">
      {isOver ? (
        <>
          <Button disabled={sending} onClick={() => void answer(true)}>
            {words.allow}
          </Button>
          <Button look="primary" disabled={sending} onClick={() => void answer(false)}>
            {words.queue}
          </Button>
        </>
      ) : (
        <>
          <Button look="quiet" onClick={dismiss}>
            {words.no}
          </Button>
          <Button look="primary" disabled={sending} onClick={() => void answer(false)}>
            {yesInWords(asked)}
          </Button>
        </>
      )}
    </div>
  )
}

function yesInWords({ order: { quote }, questions }: Asked): string {
  const kinds = new Set(questions.map(({ kind }) => kind))
  const price = quote && quote.amount !== null ? priceInWords(quote) : null
  if (kinds.has('doubtful')) return price === null ? words.sendAnyway : words.sendAnywayFor(price)
  if (kinds.has('again')) return price === null ? words.generateAgain : words.againFor(price)
  return price === null ? words.generateAnyway : words.generateFor(price)
}
