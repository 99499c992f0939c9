import { Component, type ReactNode } from 'react'
import { toErrorShape, type ErrorShape } from '../../shared/error'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Details } from '../ui/Details'

/** Stands in when drawing the window failed: says so and offers to draw it anew, instead of an empty window. */
export class CrashScreen extends Component<
  { readonly children: ReactNode },
  { readonly error: ErrorShape | null }
> {
  override state: { readonly error: ErrorShape | null } = { error: null }

  static getDerivedStateFromError(thrown: unknown) {
    return { error: toErrorShape(thrown) }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main role="alert" className="grid h-full place-content-center gap-2 px-6">
        <h1 className="text-head font-semibold">{strings.crash.title}</h1>
        <p className="max-w-[480px] text-ink-2">{strings.crash.text}</p>
        <div className="mt-2">
          <Button look="primary" onClick={() => location.reload()}>
            {strings.crash.reload}
          </Button>
        </div>
        <Details label={strings.common.details} text={error.details ?? error.message} />
      </main>
    )
  }
}
