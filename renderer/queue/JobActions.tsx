import { Ellipsis } from 'lucide-react'
import type { Job } from '../../shared/job-schema'
import { providerIds } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Menu, MenuItem } from '../ui/Menu'
import { useAppWindow, useQueue } from '../window/app-window-context'
import type { JobAction } from './job-actions'
import { useRunAction } from './use-run-action'

const words = strings.queue

/** An action as a button in words. */
export function ActionButton(props: {
  readonly job: Job
  readonly action: JobAction
  readonly title: string
  /** True for what comes second. */
  readonly quiet: boolean
}) {
  const { job, action, title } = props
  const isChecking = useQueue((state) => action === 'check' && state.checks.get(job.id) === 'asking')
  const look = props.quiet ? 'quiet' : 'normal'
  const run = useRunAction(job)
  const text = words.actions[action]
  const name = words.actionOn(text, title)
  if (action === 'other-provider') {
    return (
      <Menu
        align="start"
        trigger={
          <Button look={look} size="card" aria-label={name}>
            {text}
          </Button>
        }
      >
        <OtherProviders job={job} />
      </Menu>
    )
  }
  return (
    <Button look={look} size="card" aria-label={name} busy={isChecking} onClick={() => run(action)}>
      {text}
    </Button>
  )
}

/** The less frequent actions, behind three dots. */
export function ActionMenu(props: {
  readonly job: Job
  readonly actions: readonly JobAction[]
  readonly title: string
}) {
  const run = useRunAction(props.job)
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={Ellipsis} look="small" side="top" label={words.moreOf(props.title)} />}
    >
      {props.actions.map((action) =>
        action === 'other-provider' ? (
          <OtherProviders key={action} job={props.job} />
        ) : (
          <MenuItem key={action} text={words.actions[action]} onSelect={() => run(action)} />
        ),
      )}
    </Menu>
  )
}

/** The recipe in the composer, for another provider: what that one cannot do is said there. */
function OtherProviders({ job }: { readonly job: Job }) {
  const { editJob } = useAppWindow()
  return providerIds
    .filter((id) => id !== job.provider)
    .map((id) => (
      <MenuItem key={id} text={words.tryOn(providers[id].name)} onSelect={() => editJob(job, id)} />
    ))
}
