// Loaded by `electron -r` after Playwright's own loader, which points Chromium at a key store for tests; without
// these two switches Chromium looks for the system's real one, as it does for a user.
const { app } = require('electron')

app.commandLine.removeSwitch('password-store')
app.commandLine.removeSwitch('use-mock-keychain')
