import { createClient, type EventData, type EventName } from '../../shared/ipc'
import type { MediaContract } from '../../shared/media-schema'
import { createRunner } from './runner'
import { createTaskFiles } from './task-files'
import { runTask } from './tasks/run'

const client = createClient<MediaContract>(window.inbetween)
const runner = createRunner({
  client,
  run: (id, task, report, signal) => runTask(task, { files: createTaskFiles(id, signal), report, signal }),
  now: () => performance.now(),
})

window.inbetween.on((name, data) => {
  // The main process checked the data against the contract's schema of this very name before it sent it.
  if (isEvent('task.start', name, data)) runner.start(data.id, data.task)
  if (isEvent('task.cancel', name, data)) runner.cancel(data.id)
})

void client['media.ready']()

function isEvent<E extends EventName<MediaContract>>(
  event: E,
  name: string,
  data: unknown,
): data is EventData<MediaContract, E> {
  return name === event && data !== undefined
}
