import { X } from 'lucide-react'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Details } from '../ui/Details'
import { IconButton } from '../ui/IconButton'
import { ToneMark } from '../ui/ToneMark'
import { useNotices } from '../window/app-window-context'
import type { Notice } from './notices-store'

/** The messages, newest last, and what a screen reader is told. */
export function Notices() {
  const notices = useNotices((state) => state.notices)
  const said = useNotices((state) => state.said)
  return (
    <>
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
      <output className="sr-only">{said}</output>
    </>
  )
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const dismiss = useNotices((state) => state.dismiss)
  const { action } = notice
  return (
    <div
      role={notice.tone === 'info' ? 'status' : 'alert'}
      className="pointer-events-auto flex gap-2.5 rounded-md border border-line-strong bg-surface-2 py-2 pr-2 pl-3 shadow-float"
    >
      <ToneMark tone={notice.tone} />
      <div className="min-w-0 grow">
        <p className="selectable break-words">{notice.message}</p>
        {notice.details === undefined ? null : (
          <Details label={strings.common.details} text={notice.details} />
        )}
      </div>
      {action ? (
        <Button
          size="small"
          onClick={() => {
            action.run()
            dismiss(notice.id)
          }}
        >
          {action.label}
        </Button>
      ) : null}
      <IconButton icon={X} look="small" label={strings.common.dismiss} onClick={() => dismiss(notice.id)} />
    </div>
  )
}
