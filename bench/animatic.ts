// npm run bench -- animatic: Generate → clip on disk, against ffmpeg making the same moves from the same pictures.
import { execFile } from 'node:child_process'
import { glob, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Window } from './support/cdp.ts'
import { median, projectFolder, requireProgram } from './support/environment.ts'
import { startFresh } from './support/fresh-start.ts'
import { writeUncompressed } from './support/uncompressed.ts'

/** Runs counted of each, after one of each that is not. */
const runs = 5
const size = { width: 1280, height: 720 }
const durationS = 4
const fps = 24

const pictures = ['first.jpg', 'last.jpg'].map((name) => join(projectFolder, 'renderer/public/samples', name))
const exec = promisify(execFile)

/** The moves of our first+last animatic: push in, dissolve over the middle 1.2 s (renderer/media-worker/animatic/motion.ts), settle. */
const filter = [
  `[0:v]scale=${size.width}:${size.height}:flags=bicubic,zoompan=z='1+0.08*on/95':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=${durationS * fps}:s=${size.width}x${size.height}:fps=${fps},format=yuv420p[a]`,
  `[1:v]scale=${size.width}:${size.height}:flags=bicubic,zoompan=z='1.08-0.08*on/95':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=${durationS * fps}:s=${size.width}x${size.height}:fps=${fps},format=yuv420p[b]`,
  `[a][b]xfade=transition=fade:duration=1.2:offset=1.4,trim=duration=${durationS}[v]`,
].join(';')

const inputArgs = ['-y', '-v', 'error', ...pictures.flatMap((path) => ['-i', path])]
const filterArgs = ['-filter_complex', filter, '-map', '[v]', '-frames:v', String(durationS * fps)]
const ffmpegArgs = (codec: readonly string[], to: string) => [...inputArgs, ...filterArgs, ...codec, to]

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** Milliseconds from Generate until the job is done and its clip lies in the library, as the page sees it. */
async function generateMs(window: Window): Promise<number> {
  const took = await window.evaluate(`(async () => {
    const call = async (name, input) => (await window.inbetween.call(name, input)).value
    const { recipe, provider } = await call('draft.get')
    const from = performance.now()
    const done = Promise.withResolvers()
    window.inbetween.on((event, job) => event === 'job.changed' && job.state === 'done' && done.resolve())
    await call('jobs.create', { recipe: { ...recipe, durationS: ${durationS}, resolution: '720p' }, provider, yes: [] })
    await done.promise
    return performance.now() - from
  })()`)
  if (typeof took !== 'number') throw new Error('the page did not answer')
  return took
}

/** Mean PSNR over all planes and frames, dB, as ffmpeg's psnr filter reckons it. */
async function psnr(coded: string, uncompressed: readonly string[]): Promise<number> {
  const args = ['-i', coded, ...uncompressed, '-lavfi', '[0:v][1:v]psnr', '-f', 'null', '-']
  const { stderr } = await exec('ffmpeg', args)
  return Number(/average:([\d.]+)/.exec(stderr)?.[1])
}

requireProgram('ffmpeg', 'apt-get install ffmpeg (or https://ffmpeg.org)')
const { window, folder, library, remove } = await startFresh()
const theirs = join(folder, 'theirs.mp4')
const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p']
const oursMs: number[] = []
const theirsMs: number[] = []
for (let run = 0; run <= runs; run += 1) {
  const pair = [
    await timeMs(() => exec('ffmpeg', ffmpegArgs(x264, theirs))),
    await generateMs(window),
  ] as const
  if (run === 0) continue
  theirsMs.push(pair[0])
  oursMs.push(pair[1])
}
await window.close()

let ours = ''
for await (const name of glob('clips/**/*.mp4', { cwd: library })) ours = join(library, name)
const theirFrames = join(folder, 'theirs.mkv')
await exec('ffmpeg', ffmpegArgs(['-c:v', 'ffv1'], theirFrames))
const ourFrames = join(folder, 'ours.yuv')
const task = { kind: 'animatic', pictures: pictures.length, prompt: '', durationS, ...size } as const
await writeUncompressed(task, pictures, ourFrames)
const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`, '-r', String(fps)]

const result = {
  bench: 'animatic',
  runs,
  ratio_vs_ffmpeg: Number((median(oursMs) / median(theirsMs)).toFixed(2)),
  ours_ms: Math.round(median(oursMs)),
  ffmpeg_ms: Math.round(median(theirsMs)),
  psnr_db: Number((await psnr(ours, [...raw, '-i', ourFrames])).toFixed(2)),
  psnr_ffmpeg_db: Number((await psnr(theirs, ['-i', theirFrames])).toFixed(2)),
  size_ratio: Number(((await stat(ours)).size / (await stat(theirs)).size).toFixed(2)),
}
await remove()
console.log(JSON.stringify(result))
