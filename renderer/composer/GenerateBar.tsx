import { useMemo } from 'react'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Kbd } from '../ui/Kbd'
import { ToneMark } from '../ui/ToneMark'
import { composerContext } from './composer-context'
import { objectionsTo } from './composer-store'

/** What stands in the way, each with its remedy, and the one press that makes a clip. */
export function GenerateBar() {
  const recipe = composerContext.useValue((state) => state.recipe)
  const provider = composerContext.useValue((state) => state.provider)
  const sending = composerContext.useValue((state) => state.sending)
  const generate = composerContext.useValue((state) => state.generate)
  const objections = useMemo(() => objectionsTo({ recipe, provider }), [recipe, provider])
  return (
    <div className="border-t border-line px-3.5 py-3">
      {objections.length === 0 ? null : <Objections />}
      <Button
        look="primary"
        size="large"
        className="w-full"
        disabled={sending || objections.length > 0}
        // The second click of a double click must not make a second job, however fast the first one was written down.
        onClick={({ detail }) => {
          if (detail < 2) void generate()
        }}
      >
        {strings.composer.generate}
        <Kbd keys="mod+enter" tone={objections.length > 0 ? 'plain' : 'accent'} />
      </Button>
    </div>
  )
}

function Objections() {
  const recipe = composerContext.useValue((state) => state.recipe)
  const provider = composerContext.useValue((state) => state.provider)
  const edit = composerContext.useValue((state) => state.edit)
  return (
    <output className="mb-2.5 block">
      <ul className="grid gap-1.5">
        {objectionsTo({ recipe, provider }).map(({ reason, fix }) => (
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
