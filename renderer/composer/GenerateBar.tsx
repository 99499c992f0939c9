import { validate, type Objection } from '../../shared/provider'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Kbd } from '../ui/Kbd'
import { ToneMark } from '../ui/ToneMark'
import { useComposer } from '../window/app-window-context'
import { GenerateButton } from './GenerateButton'

/** What stands in the way, each with its remedy, and the one press that makes a clip. */
export function GenerateBar() {
  const recipe = useComposer((state) => state.recipe)
  const provider = useComposer((state) => state.provider)
  const objections = validate(recipe, provider)
  const blocked = objections.length > 0
  return (
    <div className="border-t border-line px-3.5 py-3">
      {blocked ? <Objections objections={objections} /> : null}
      <GenerateButton size="large" className="w-full" blocked={blocked}>
        {strings.composer.generate}
        <Kbd keys="mod+enter" tone={blocked ? 'plain' : 'accent'} />
      </GenerateButton>
    </div>
  )
}

function Objections({ objections }: { readonly objections: readonly Objection[] }) {
  const edit = useComposer((state) => state.edit)
  return (
    <output className="mb-2.5 block">
      <ul className="grid gap-1.5">
        {objections.map(({ reason, fix }) => (
          <li key={reason} className="flex min-h-6 items-center gap-2 text-small text-ink-2">
            <ToneMark tone="warn" />
            <span className="min-w-0 grow">{reason}</span>
            {fix ? (
              <Button size="small" onClick={() => edit(() => fix.recipe)}>
                {fix.label}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </output>
  )
}
