import type { ErrorShape } from '../../shared/error'
import { strings } from '../strings'
import { Details } from './Details'
import { ToneMark } from './ToneMark'

/** What went wrong, in the place where it was asked for. */
export function ErrorLine({ error }: { readonly error: ErrorShape }) {
  return (
    <div role="alert" className="mt-2 text-bad">
      <p className="selectable flex gap-1.5">
        <ToneMark tone="bad" />
        {error.message}
      </p>
      {error.details === undefined ? null : <Details label={strings.common.details} text={error.details} />}
    </div>
  )
}
