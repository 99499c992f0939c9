// Loaded by `electron -r` before the application: no name has an address in the main process, so that a test with
// made-up keys asks no real platform.
const dns = require('node:dns')
const { syncBuiltinESMExports } = require('node:module')

dns.lookup = (name, options, callback) => {
  const answer = callback ?? options
  const error = new Error(`getaddrinfo ENOTFOUND ${name}`)
  process.nextTick(() =>
    answer(Object.assign(error, { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: name })),
  )
}
syncBuiltinESMExports()
