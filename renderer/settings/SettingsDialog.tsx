import { ChevronLeft } from 'lucide-react'
import { providers } from '../../shared/providers'
import { strings } from '../strings'
import { Dialog } from '../ui/Dialog'
import { IconButton } from '../ui/IconButton'
import { useProviders } from '../window/app-window-context'
import { BucketPanel } from './BucketPanel'
import { ConnectPanel } from './ConnectPanel'
import { NetworkPanel } from './NetworkPanel'
import type { SettingsPage } from './providers-store'
import { SettingsList } from './SettingsList'

const words = strings.settings

/** The platforms with their keys and limits, the bucket and the network: the list, or one of them. */
export function SettingsDialog() {
  const page = useProviders((state) => state.page)
  const show = useProviders((state) => state.show)
  const isOne = page !== null && page !== 'list'
  return (
    <Dialog
      open={page !== null}
      onClose={() => show(null)}
      title={titleOf(page)}
      className="w-[560px]"
      lead={
        isOne ? (
          <IconButton icon={ChevronLeft} label={words.back} className="-ml-2" onClick={() => show('list')} />
        ) : null
      }
    >
      <Page page={page} />
    </Dialog>
  )
}

function titleOf(page: SettingsPage): string {
  if (page === null || page === 'list') return words.title
  if (page === 'bucket') return strings.bucket.title
  return page === 'network' ? strings.network.title : providers[page].name
}

function Page({ page }: { readonly page: SettingsPage }) {
  if (page === null || page === 'list') return <SettingsList />
  if (page === 'bucket') return <BucketPanel />
  return page === 'network' ? <NetworkPanel /> : <ConnectPanel key={page} id={page} />
}
