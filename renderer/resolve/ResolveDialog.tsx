import type { ReactNode } from 'react'
import type { Resolution } from '../../shared/contract'
import type { Candidate, Job } from '../../shared/job-schema'
import { providers } from '../../shared/providers'
import { recipeTitle } from '../composer/recipe-words'
import { timeToTheSecond } from '../queue/clock-words'
import { priceInWords } from '../spend/money-words'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { ErrorLine } from '../ui/ErrorLine'
import { useAppWindow, useQueue, useResolve } from '../window/app-window-context'
import { Choice } from './Choice'
import { gapSentence, hasList, searchSentence } from './resolve-words'
import type { Search } from './resolve-store'
import { TypedChoice } from './TypedChoice'

const words = strings.resolve

/** Asks the user what became of a paid request that was not answered. */
export function ResolveDialog() {
  const jobId = useResolve((state) => state.jobId)
  const job = useQueue((state) => (jobId === null ? undefined : state.jobs.get(jobId)))
  // A look-up may find the job while the dialog is open: then there is nothing left to ask.
  return job?.state === 'unknown' ? <Question job={job} /> : null
}

function Question({ job }: { readonly job: Job }) {
  const close = useResolve((state) => state.close)
  const search = useResolve((state) => state.search)
  const choice = useResolve((state) => state.choice)
  const confirm = useResolve((state) => state.confirm)
  const sending = useResolve((state) => state.sending)
  const failure = useResolve((state) => state.failure)
  const searchedAgain = useResolve((state) => state.searchedAgain)
  const checkAgain = useResolve((state) => state.checkAgain)
  const { name } = providers[job.provider]
  const price = priceInWords(job.quote)
  const { submittedAt } = job
  return (
    <Dialog
      open
      onClose={close}
      title={words.title(name, shortened(recipeTitle(job.recipe)))}
      closeLabel={words.later}
      className="w-[580px]"
      footer={
        <>
          {search.kind === 'impossible' ? (
            <SiteButton job={job} />
          ) : (
            <Button className="mr-auto" busy={search.kind === 'searching'} onClick={() => void checkAgain()}>
              {words.checkAgain}
            </Button>
          )}
          <Button look="quiet" onClick={close}>
            {words.later}
          </Button>
          <Button look="primary" disabled={choice === null} busy={sending} onClick={() => void confirm()}>
            {confirmWord(choice, price)}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">
        {submittedAt === null
          ? words.happenedUntimed(name)
          : words.happened(name, timeToTheSecond(submittedAt))}
      </p>
      <output className="mt-1 block text-ink-2">{searchSentence(search, job, searchedAgain)}</output>
      <fieldset className="mt-3 grid gap-2">
        <legend className="sr-only">{words.choices}</legend>
        {search.kind === 'found'
          ? search.candidates.map((candidate) => (
              <Choice key={candidate.remoteId} resolution={{ kind: 'attach', remoteId: candidate.remoteId }}>
                <CandidateLine
                  candidate={candidate}
                  gap={gapSentence(candidate, search.candidates, submittedAt)}
                />
              </Choice>
            ))
          : null}
        {hasList(job.provider) ? null : <TypedChoice />}
        <Choice resolution={{ kind: 'not-arrived' }}>
          <Line lead={words.notArrived} rest={words.sendAgain(price)} aside={words.sure} />
        </Choice>
        <Choice resolution={{ kind: 'give-up' }}>
          <Line lead={words.giveUp} rest={words.giveUpText} />
        </Choice>
      </fieldset>
      {failure && !isTyped(choice, search) ? <ErrorLine error={failure} /> : null}
    </Dialog>
  )
}

function SiteButton({ job: { provider } }: { readonly job: Job }) {
  const { openBilling } = useAppWindow()
  return (
    <Button className="mr-auto" onClick={() => openBilling(provider)}>
      {words.openSite(providers[provider].name)}
    </Button>
  )
}

function CandidateLine(props: { readonly candidate: Candidate; readonly gap: string }) {
  const { gap } = props
  const { createdAt, word, remoteId, prompt } = props.candidate
  const said = [...(createdAt === null ? [] : [timeToTheSecond(createdAt)]), word].join(' · ')
  return (
    <>
      <Line
        lead={words.thisOne}
        rest={said}
        aside={<span className="font-mono text-small">{remoteId.slice(0, 8)}…</span>}
      />
      {gap === '' ? null : <span className="block text-small text-ink-2">{gap}</span>}
      {prompt === '' ? null : <span className="block truncate text-small text-ink-3">“{prompt}”</span>}
    </>
  )
}

function Line(props: { readonly lead: string; readonly rest: string; readonly aside?: ReactNode }) {
  return (
    <span className="block">
      <strong className="font-semibold">{props.lead}</strong>
      {` · ${props.rest} `}
      {props.aside === undefined ? null : <span className="text-ink-3">{props.aside}</span>}
    </span>
  )
}

/** Whether the choice is an id that the user typed: its field says itself what is wrong with it. */
function isTyped(choice: Resolution | null, search: Search): boolean {
  if (choice?.kind !== 'attach') return false
  return !(search.kind === 'found' && search.candidates.some(({ remoteId }) => remoteId === choice.remoteId))
}

/** Most characters of a prompt inside a question, so that the question mark is seen. */
const maxTitle = 44

function shortened(title: string): string {
  return title.length > maxTitle ? `${title.slice(0, maxTitle).trimEnd()}…` : title
}

function confirmWord(choice: Resolution | null, price: string): string {
  switch (choice?.kind) {
    case undefined:
      return words.choose
    case 'attach':
      return words.attach
    case 'not-arrived':
      return words.again(price)
    case 'give-up':
      return words.giveUpButton
  }
}
