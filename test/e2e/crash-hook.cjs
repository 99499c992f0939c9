// Loaded by `electron -r` before the application: kills the process right before its k-th write to the disk once
// armed, so that a crash can be put between every two steps of saving a clip. INBETWEEN_CRASH_AT counts from 1.
const { appendFileSync } = require('node:fs')
const promises = require('node:fs/promises')
const { syncBuiltinESMExports } = require('node:module')
const { DatabaseSync, StatementSync } = require('node:sqlite')

const crashAt = Number(process.env.INBETWEEN_CRASH_AT)
const record = process.env.INBETWEEN_CRASH_RECORD
let isArmed = false
let isDone = false
let steps = 0

function step(name) {
  if (!isArmed) return
  steps += 1
  appendFileSync(record, `${steps} ${name}\n`)
  if (steps === crashAt) process.kill(process.pid, 'SIGKILL')
}

const openFile = promises.open
promises.open = async (path, ...rest) => {
  const handle = await openFile(path, ...rest)
  const sync = handle.sync.bind(handle)
  handle.sync = () => {
    step('fsync')
    return sync()
  }
  return handle
}
for (const name of ['link', 'unlink', 'rename']) {
  const original = promises[name]
  promises[name] = (...args) => {
    step(name)
    return original(...args)
  }
}
syncBuiltinESMExports()

const run = Reflect.get(StatementSync.prototype, 'run')
StatementSync.prototype.run = function (...args) {
  const state = args[0] && args[0].state
  // Armed by the row that plans the clip's place: from there on every step belongs to the promotion.
  if (state === 'downloading') isArmed = true
  // A line of the timeline lies in the transaction of its row: a kill there is the kill before the row.
  const isTimeline = typeof args[0] === 'string' && args.length === 6
  if (!isTimeline) step(`row ${state ?? 'library'}`)
  isDone ||= state === 'done'
  return run.apply(this, args)
}

const exec = Reflect.get(DatabaseSync.prototype, 'exec')
DatabaseSync.prototype.exec = function (sql) {
  const result = exec.call(this, sql)
  if (isArmed && isDone && sql === 'commit') {
    step('end')
    isArmed = false
  }
  return result
}
