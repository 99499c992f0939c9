import { X } from 'lucide-react'
import { strings } from '../strings'
import { Details } from '../ui/Details'
import { IconButton } from '../ui/IconButton'
import { ProgressBar } from '../ui/ProgressBar'
import { ToneMark } from '../ui/ToneMark'
import { useIntake } from '../window/app-window-context'
import type { IntakeProgress } from './intake-store'
import { whereItWent, type IntakeReport, type Refusal } from './report'

/** How an import goes, and how it ended. */
export function IntakePanel() {
  const progress = useIntake((state) => state.progress)
  const report = useIntake((state) => state.report)
  return (
    <>
      {report ? <ReportCard report={report} /> : null}
      {progress ? <ProgressCard progress={progress} /> : null}
    </>
  )
}

const card = 'pointer-events-auto rounded-md border border-line-strong bg-surface-2 py-2.5 shadow-float'

function ProgressCard({ progress: { done, total, name } }: { readonly progress: IntakeProgress }) {
  const text = name === '' ? strings.intake.starting(total) : strings.intake.progress(done, total, name)
  return (
    <div className={`${card} late px-3`}>
      <p className="mb-2 truncate">{text}</p>
      <ProgressBar label={strings.intake.progressLabel} fraction={total === 0 ? 0 : done / total} />
    </div>
  )
}

function ReportCard({ report }: { readonly report: IntakeReport }) {
  const dismiss = useIntake((state) => state.dismiss)
  const { refused } = report
  const title = refused.length > 0 ? strings.intake.refused(refused.length) : strings.intake.done
  return (
    <section aria-label={strings.intake.label} className={`${card} flex min-h-0 flex-col pr-2 pl-3`}>
      <div className="flex gap-2.5">
        <ToneMark tone={refused.length > 0 ? 'warn' : 'info'} />
        <output className="min-w-0 grow">
          <h2 className="font-semibold">{title}</h2>
          {whereItWent(report).map((sentence) => (
            <p key={sentence} className="text-ink-2">
              {sentence}
            </p>
          ))}
        </output>
        <IconButton icon={X} look="small" label={strings.common.dismiss} onClick={dismiss} />
      </div>
      {refused.length > 0 ? <Refusals refused={refused} /> : null}
    </section>
  )
}

function Refusals({ refused }: { readonly refused: readonly Refusal[] }) {
  return (
    <ul
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={strings.intake.refused(refused.length)}
      className="mt-2 grid max-h-72 min-h-0 gap-2 overflow-y-auto border-t border-line pt-2 pr-1"
    >
      {refused.map(({ name, error }, index) => (
        // Two files of one drop may bear the same name.
        <li key={`${index} ${name}`} className="text-small">
          <p className="selectable font-medium break-all">{name}</p>
          <p className="selectable text-ink-2">{error.message}</p>
          {error.details === undefined ? null : (
            <Details label={strings.common.details} text={error.details} />
          )}
        </li>
      ))}
    </ul>
  )
}
