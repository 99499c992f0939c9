import type { ComponentProps } from 'react'
import { Button } from '../ui/Button'
import { useComposer } from '../window/app-window-context'

/** The one press that makes a clip. `blocked` while the recipe cannot be sent. */
export function GenerateButton({
  blocked = false,
  ...rest
}: Pick<ComponentProps<typeof Button>, 'size' | 'className' | 'title' | 'children'> & {
  readonly blocked?: boolean
}) {
  const sending = useComposer((state) => state.sending)
  const generate = useComposer((state) => state.generate)
  return (
    <Button
      look="primary"
      disabled={blocked}
      busy={sending}
      // The second click of a double click must not make a second job, however fast the first one was written down.
      onClick={({ detail }) => {
        if (detail < 2) void generate()
      }}
      {...rest}
    />
  )
}
