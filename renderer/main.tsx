import { createRoot } from 'react-dom/client'
import { connect } from './connect'
import { watchFiles } from './intake/watch-files'
import { allowInjectedStyles } from './ui/style-nonce'
import { AppWindowContext } from './window/app-window-context'
import { CrashScreen } from './window/CrashScreen'
import { createAppWindow } from './window/create-window'
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

watchFiles(app.intake, (message) => app.notices.getState().tell({ tone: 'warn', kind: 'intake', message }))
window.addEventListener('pagehide', app.flush)
document.addEventListener('visibilitychange', app.flush)
void app.load()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <CrashScreen>
    <AppWindowContext.Provider value={app}>
      <Platform>
        <Window />
      </Platform>
    </AppWindowContext.Provider>
  </CrashScreen>,
)
