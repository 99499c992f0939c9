import { Tooltip } from 'radix-ui'
import type { Clip } from '../../shared/clip-schema'
import { Banner } from '../banner/Banner'
import { CompareDialog } from '../compare/CompareDialog'
import { Composer } from '../composer/Composer'
import { QuestionDialog } from '../composer/QuestionDialog'
import { Gallery } from '../gallery/Gallery'
import { Inspector } from '../inspector/Inspector'
import { DropOverlay } from '../intake/DropOverlay'
import { IntakePanel } from '../intake/IntakePanel'
import { Notices } from '../notices/Notices'
import { queueCards } from '../queue/queue-order'
import { QueueStrip } from '../queue/QueueStrip'
import { ResolveDialog } from '../resolve/ResolveDialog'
import { SettingsDialog } from '../settings/SettingsDialog'
import { SpendDialog } from '../spend/SpendDialog'
import { Stage } from '../stage/Stage'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { Tip } from '../ui/Tip'
import { useAppWindow, usePanels, useQueue } from './app-window-context'
import { Splitter } from './Splitter'
import { TitleBar } from './TitleBar'
import { useShortcuts } from './use-shortcuts'

/** How long the pointer rests before a tooltip shows, milliseconds. */
const tooltipDelayMs = 500

/** The main window: composer, stage over queue over gallery, inspector. */
export function Window() {
  const app = useAppWindow()
  useShortcuts(app)
  const open = usePanels((state) => state.open)
  const galleryFull = usePanels((state) => state.galleryFull)
  return (
    <Tooltip.Provider delayDuration={tooltipDelayMs}>
      <div className="flex h-full flex-col">
        <TitleBar />
        <main className="flex min-h-0 grow">
          {open.composer && !galleryFull ? (
            <div className="grid w-[372px] shrink-0">
              <Composer />
            </div>
          ) : null}
          <Middle />
          {open.inspector && !galleryFull ? (
            <div className="grid w-[288px] shrink-0">
              <Inspector
                now={Date.now}
                onReveal={app.revealClip}
                onUse={app.loadRecipe}
                onSource={app.placeClip}
              />
            </div>
          ) : null}
        </main>
      </div>
      <div className="pointer-events-none fixed right-3 bottom-3 z-40 flex max-h-[80vh] w-[360px] flex-col justify-end gap-2">
        <Notices />
        <IntakePanel />
      </div>
      <ResolveDialog />
      <CompareDialog />
      <QuestionDialog />
      <SettingsDialog />
      <SpendDialog />
      <DropOverlay />
    </Tooltip.Provider>
  )
}

function Middle() {
  const app = useAppWindow()
  const queueOpen = usePanels((state) => state.open.queue)
  const full = usePanels((state) => state.galleryFull)
  const share = usePanels((state) => state.galleryShare)
  const setFull = usePanels((state) => state.setGalleryFull)
  const onPlay = (clip: Clip) => {
    setFull(false)
    if (app.gallery.getState().selected?.id !== clip.id) app.gallery.getState().pick(clip)
    app.stage.getState().play()
  }
  return (
    <div className="flex min-w-0 grow flex-col">
      {full ? null : (
        <>
          <div className="grid min-h-0 grow">
            <Stage onReveal={app.revealClip} />
          </div>
          {queueOpen ? <QueueStrip /> : null}
          <Splitter />
        </>
      )}
      <div className="flex min-h-0 flex-col" style={{ flex: full ? '1 1 0' : `0 0 ${share}%` }}>
        <Banner />
        <div className="grid min-h-0 grow">
          <Gallery
            full={full}
            onFull={() => setFull(!full)}
            onPlay={onPlay}
            onToggle={() => app.stage.getState().toggle()}
            headerExtra={queueOpen && !full ? null : <QueueButton />}
          />
        </div>
      </div>
    </div>
  )
}

/** The way back to a queue that is put away while something is in it. */
function QueueButton() {
  const number = useQueue((state) => queueCards(state.jobs.values()).length)
  const toggle = usePanels((state) => state.toggle)
  const setFull = usePanels((state) => state.setGalleryFull)
  const open = usePanels((state) => state.open.queue)
  if (number === 0) return null
  return (
    <Tip label={strings.queue.show} keys="Q">
      <Button look="quiet" size="small" onClick={() => (open ? setFull(false) : toggle('queue'))}>
        {strings.queue.collapsed(number)}
      </Button>
    </Tip>
  )
}
