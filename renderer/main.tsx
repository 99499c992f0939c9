import { createRoot } from 'react-dom/client'
import { composerContext } from './composer/composer-context'
import { connect } from './connect'
import { galleryContext } from './gallery/gallery-context'
import { intakeContext } from './intake/intake-context'
import { watchFiles } from './intake/watch-files'
import { noticesContext } from './notices/notices-context'
import { queueContext } from './queue/queue-context'
import { stageContext } from './stage/stage-context'
import { allowInjectedStyles } from './ui/style-nonce'
import { CrashScreen } from './window/CrashScreen'
import { createAppWindow } from './window/create-window'
import { infoContext } from './window/info-context'
import { panelsContext } from './window/panels-context'
import { Platform } from './window/Platform'
import { Window } from './window/Window'

allowInjectedStyles(document)

const app = createAppWindow({
  connection: connect(window.inbetween),
  memory: localStorage,
  send: (url, init) => fetch(url, init),
  later: (run, ms) => void setTimeout(run, ms),
  mayAutoplay: () => !matchMedia('(prefers-reduced-motion: reduce)').matches,
})

watchFiles(app.intake, app.warn)
window.addEventListener('pagehide', app.flush)
document.addEventListener('visibilitychange', app.flush)
void app.load()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <CrashScreen>
    <noticesContext.Provider store={app.notices}>
      <infoContext.Provider store={app.info}>
        <panelsContext.Provider store={app.panels}>
          <composerContext.Provider store={app.composer}>
            <queueContext.Provider store={app.queue}>
              <galleryContext.Provider store={app.gallery}>
                <stageContext.Provider store={app.stage}>
                  <intakeContext.Provider store={app.intake}>
                    <Platform>
                      <Window app={app} />
                    </Platform>
                  </intakeContext.Provider>
                </stageContext.Provider>
              </galleryContext.Provider>
            </queueContext.Provider>
          </composerContext.Provider>
        </panelsContext.Provider>
      </infoContext.Provider>
    </noticesContext.Provider>
  </CrashScreen>,
)
