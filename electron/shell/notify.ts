import { Notification } from 'electron'

/** What the system shows. */
export interface Message {
  readonly title: string
  readonly body: string
  readonly onClick: () => void
}

/** Most messages whose clicks are waited for: where a system never says that one was closed, they would add up. */
const mostKept = 20

/** A notification that nobody holds is collected, and its click with it. */
const kept = new Set<Notification>()

/** Shows a notification; a system without any is no failure, the window tells the same. */
export function notify({ title, body, onClick }: Message): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body: withoutMarkup(body) })
  const drop = () => kept.delete(notification)
  notification.on('click', () => {
    drop()
    onClick()
  })
  notification.on('close', drop)
  notification.on('failed', drop)
  kept.add(notification)
  const [oldest] = kept
  if (kept.size > mostKept && oldest) kept.delete(oldest)
  notification.show()
}

/** SECURITY: Linux desktops read tags and links in a body, and it may hold a platform's own words. */
function withoutMarkup(body: string): string {
  return process.platform === 'linux' ? body.replaceAll('<', '‹').replaceAll('>', '›') : body
}
