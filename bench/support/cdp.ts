import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A window seen from outside its process, through Chromium's own debugging protocol. */
export interface Window {
  /** Runs an expression in the page and gives its value; promises are awaited. */
  readonly evaluate: (expression: string) => Promise<unknown>
  readonly click: (x: number, y: number) => Promise<void>
  readonly close: () => Promise<void>
}

interface Answer {
  readonly id: number
  /** Absent when the page was left while it was asked. */
  readonly result?: { readonly result?: { readonly value?: unknown } }
}

/** Starts Electron and settles as soon as the page whose address starts with `address` can be asked. */
export async function open(electron: string, args: readonly string[], address: string): Promise<Window> {
  const child = spawn(electron, ['--remote-debugging-port=0', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const endpoint = await debuggingAddress(child)
  const socket = await connect(await pageSocket(new URL(endpoint).host, address))
  let lastId = 0
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  const send = (method: string, params: object) =>
    new Promise<Answer>((resolve) => {
      lastId += 1
      waiting.set(lastId, resolve)
      socket.send(JSON.stringify({ id: lastId, method, params }))
    })
  return {
    async evaluate(expression) {
      const params = { expression, awaitPromise: true, returnByValue: true }
      return (await send('Runtime.evaluate', params)).result?.result?.value
    },
    async click(x, y) {
      const at = { x, y, button: 'left', clickCount: 1 }
      await send('Input.dispatchMouseEvent', { ...at, type: 'mousePressed' })
      await send('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased' })
    },
    async close() {
      socket.close()
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

async function debuggingAddress(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('Electron was started without a pipe')
  for await (const line of createInterface({ input: child.stderr })) {
    const [, found] = /DevTools listening on (\S+)/.exec(line) ?? []
    if (found === undefined) continue
    child.stderr.resume()
    return found
  }
  throw new Error('Electron ended before it could be asked anything')
}

async function pageSocket(host: string, address: string): Promise<string> {
  for (;;) {
    const pages = (await (await fetch(`http://${host}/json`)).json()) as {
      url: string
      webSocketDebuggerUrl: string
    }[]
    const page = pages.find(({ url }) => url.startsWith(address))
    if (page) return page.webSocketDebuggerUrl
  }
}

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url)
  await once(socket, 'open')
  return socket
}
