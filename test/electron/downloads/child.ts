// A downloader in a process that can be killed: `bundle.mjs <url> <part>`; says what is needed to resume.
import { createDownloader, type Resume } from '../../../electron/downloads/fetch'

/** What it says, as JSON. */
export type Told = Resume

const [, , url = '', part = ''] = process.argv
const downloader = createDownloader({
  policy: { allowHttpLoopback: true },
  freeBytes: async () => 1e12,
})
await downloader.download(
  { url, part, resume: null },
  {
    onResume: (resume) => console.log(JSON.stringify(resume)),
    onProgress: () => {},
    signal: new AbortController().signal,
  },
)
