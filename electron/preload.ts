import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { callChannel, eventChannel, type Bridge, type Reply } from '../shared/ipc'

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(callChannel, name, input) as Promise<Reply>,
  on(listener) {
    const forward = (_event: unknown, name: string, data: unknown) => listener(name, data)
    ipcRenderer.on(eventChannel, forward)
    return () => void ipcRenderer.off(eventChannel, forward)
  },
  // The page hands in its File, which this side has no type for; Electron itself checks it.
  pathForFile: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
}

// SECURITY: three doors and no more; nothing of Electron reaches the page.
contextBridge.exposeInMainWorld('inbetween', bridge)
