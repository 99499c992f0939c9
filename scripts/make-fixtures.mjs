/**
 * Writes the pictures and clips that tests and benches work on into test/fixtures. They are committed, so nobody
 * needs this script (or ffmpeg) to run the tests; test/fixtures/README.md says what each file is.
 *
 *   node scripts/make-fixtures.mjs
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeCmyk, turnedRight, withOrientation } from './fixtures/bytes.mjs'
import { BT709, FFMPEG, encode, isThere } from './fixtures/ffmpeg.mjs'
import { paintFrame } from './fixtures/frames.mjs'
import { cutOut, markCorners, paintPicture, turnLeft } from './fixtures/pictures.mjs'
import { encodePng } from './fixtures/png.mjs'
import { assertNode } from './node-version.mjs'

assertNode()

/** The folder is cloned by everyone, so it stays small. */
const MOST_BYTES = 2_500_000

const folder = join(import.meta.dirname, '../test/fixtures')
const at = (name) => join(folder, name)
const save = (name, bytes) => writeFileSync(at(name), bytes)

const JPEG = ['-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p', '-frames:v', '1', '-update', '1']
const H264 = ['-c:v', 'libx264', '-preset', 'slow', '-crf', '24', ...BT709]
const AAC = ['-c:a', 'aac', '-b:a', '64k', '-shortest']
/** 440 Hz at the left, 660 Hz at the right, so that swapped channels can be told. */
const SOUND = ['-f', 'lavfi', '-i', 'aevalsrc=0.2*sin(880*PI*t)|0.2*sin(1320*PI*t):s=48000:d=2']

/** Four seconds: longer clips show them again. */
const FILM_FRAMES = 96

const still = ({ width, height, pixels }) => ({ width, height, frames: [pixels] })

async function makePictures() {
  const a = paintPicture({ width: 1280, height: 720, look: 'warm', seed: 5 })
  save('a.png', encodePng(a))
  save('b.png', encodePng(paintPicture({ width: 1280, height: 720, look: 'cool', seed: 8 })))
  save('tiny.png', encodePng(paintPicture({ width: 64, height: 36, look: 'warm', seed: 5, shapes: 6 })))
  save(
    'alpha.png',
    encodePng(cutOut(paintPicture({ width: 640, height: 360, look: 'cool', seed: 3, shapes: 8 }))),
  )
  save(
    'huge-side.png',
    encodePng(paintPicture({ width: 60_000, height: 10, look: 'warm', seed: 2, shapes: 0 })),
  )
  save('text.png', 'This is a text file that somebody renamed to .png.\n')
  save('empty.png', '')

  const portrait = paintPicture({ width: 900, height: 1600, look: 'cool', seed: 4 })
  await encode(at('portrait.jpg'), still(portrait), JPEG)
  const whole = readFileSync(at('portrait.jpg'))
  save('truncated.jpg', whole.subarray(0, Math.floor(whole.length / 2)))
  const wide = paintPicture({ width: 3840, height: 2160, look: 'warm', seed: 9 })
  await encode(at('wide-4k.jpg'), still(wide), [...JPEG, '-q:v', '6'])

  const upright = paintPicture({ width: 600, height: 800, look: 'warm', seed: 6 })
  markCorners(upright, 100)
  await encode(at('exif-rotated.jpg'), still(turnLeft(upright)), JPEG)
  save('exif-rotated.jpg', withOrientation(readFileSync(at('exif-rotated.jpg')), 6))
  save(
    'cmyk.jpg',
    encodeCmyk(40, 24, (column, row) => [column * 6, row * 10, 200 - column * 4, 12]),
  )

  const square = paintPicture({ width: 800, height: 800, look: 'cool', seed: 7 })
  await encode(at('square.webp'), still(square), ['-c:v', 'libwebp', '-quality', '82', '-frames:v', '1'])
  const small = paintPicture({ width: 640, height: 360, look: 'warm', seed: 1 })
  const av1 = ['-c:v', 'libaom-av1', '-still-picture', '1', '-crf', '24', '-cpu-used', '4', '-frames:v', '1']
  await encode(at('avif.avif'), still(small), [...BT709, ...av1])
  makeHeic(small)

  const frames = Array.from({ length: 6 }, (_, index) => {
    return paintFrame({ width: 160, height: 120, index, count: 6, hue: 0.1 })
  })
  const palette = [
    '-vf',
    'split[a][b];[a]palettegen=max_colors=48[p];[b][p]paletteuse=dither=none',
    '-loop',
    '0',
  ]
  await encode(at('animated.gif'), { width: 160, height: 120, rate: 6, frames }, palette)
}

/** HEIC is the one format that ffmpeg 5 cannot write; this comes with libheif. */
const HEIF_ENC = 'heif-enc'

function makeHeic(picture) {
  if (!isThere(HEIF_ENC, '--help')) {
    console.log(
      'heic.heic is left as it is: install heif-enc (Debian: apt-get install libheif-examples) to make it.',
    )
    return
  }
  const source = at('heic-source.png')
  writeFileSync(source, encodePng(picture))
  execFileSync(HEIF_ENC, ['-q', '45', '-o', at('heic.heic'), source], { stdio: 'ignore' })
  rmSync(source)
}

function* film({ turned = false, ...wish }) {
  const { width, height, count } = wish
  for (let index = 0; index < count; index++) {
    const pixels = paintFrame({ ...wish, index })
    yield turned ? turnLeft({ width, height, pixels }).pixels : pixels
  }
}

async function makeClips() {
  const size = { width: 640, height: 360 }
  const two = () => ({ ...size, frames: film({ ...size, count: 48, hue: 0.55 }) })
  const four = { ...size, frames: film({ ...size, count: 96, hue: 0.02 }) }
  await encode(at('clip.mp4'), four, [...H264, '-g', '24', '-movflags', '+faststart'])
  const vp9 = [
    '-c:v',
    'libvpx-vp9',
    '-b:v',
    '0',
    '-crf',
    '36',
    '-deadline',
    'good',
    '-cpu-used',
    '2',
    ...BT709,
  ]
  await encode(at('clip.webm'), two(), vp9)
  const both = ['-map', '0:v', '-map', '1:a', ...H264, ...AAC]
  await encode(at('clip.mov'), two(), both, SOUND)
  await encode(at('with-sound.mp4'), two(), [...both, '-movflags', '+faststart'], SOUND)

  // Frames 33, 50, 83 and 167 ms apart, over and over, as a phone or a screen recorder drops them.
  const small = { width: 320, height: 180 }
  const uneven = "setpts='200*floor(N/4)+20*eq(mod(N,4),1)+50*eq(mod(N,4),2)+100*eq(mod(N,4),3)'"
  const vfr = H264.map((option) => (option.startsWith('scale=') ? `${option},${uneven}` : option))
  const drops = { ...small, rate: 600, frames: film({ ...small, count: 24, hue: 0.3 }) }
  // No B-frames, so that it starts at 0; the last frame is given its length, which no next frame tells.
  const timing = [
    '-bf',
    '0',
    '-vsync',
    'passthrough',
    '-video_track_timescale',
    '600',
    '-bsf:v',
    'setts=duration=100',
  ]
  await encode(at('clip-vfr.mp4'), drops, [...vfr, ...timing])

  const upright = { width: 360, height: 640, count: 24, hue: 0.75 }
  const lying = { ...size, frames: film({ ...upright, turned: true }) }
  await encode(at('clip-rotated.mp4'), lying, H264)
  save('clip-rotated.mp4', turnedRight(readFileSync(at('clip-rotated.mp4'))))

  await encode(at('clip-truncated.mp4'), two(), H264)
  const whole = readFileSync(at('clip-truncated.mp4'))
  save('clip-truncated.mp4', whole.subarray(0, Math.floor(whole.length * 0.6)))
  save('not-a-video.mp4', 'This is a text file that somebody renamed to .mp4.\n')

  const hevc = [
    '-c:v',
    'libx265',
    '-crf',
    '30',
    '-tag:v',
    'hvc1',
    '-x265-params',
    'log-level=error:pools=1',
    ...BT709,
  ]
  await encode(at('clip-hevc.mp4'), { ...small, frames: film({ ...small, count: 24, hue: 0.9 }) }, hevc)
}

/** Shapes of the films, painted so large; they are shown this many times as large, by the name of the size. */
const SHAPES = [
  [320, 180],
  [180, 320],
  [180, 180],
  [240, 180],
  [180, 240],
]
const TIMES = { '720p': 4, '1080p': 6, '4k': 12 }

/**
 * What the contract servers cut the clips of their jobs from: one film for each size that can be asked for, and the
 * sound of all. A keyframe every second and nothing that refers to what follows, so that a film can end at any
 * frame and start over after its last.
 */
async function makeFilms() {
  for (const [place, [width, height]] of SHAPES.entries()) {
    for (const [name, times] of Object.entries(TIMES)) {
      // No platform has 4K in other shapes than these two.
      if (name === '4k' && place > 1) continue
      const larger = (option) =>
        option.startsWith('scale=') ? `scale=iw*${times}:ih*${times}:flags=bicubic,${option}` : option
      const look = { codeHeight: 10, drift: 0, hue: 0.13 * place + 0.05 * times }
      const frames = film({ width, height, count: FILM_FRAMES, ...look })
      const packed = ['-crf', '36', '-g', '24', '-keyint_min', '24', '-sc_threshold', '0', '-bf', '0']
      const target = at(`film-${width * times}x${height * times}.mp4`)
      await encode(target, { width, height, frames }, [...H264.map(larger), ...packed])
    }
  }
  const tone = ['-f', 'lavfi', '-i', 'aevalsrc=0.1*sin(440*PI*t)|0.1*sin(660*PI*t):s=48000:d=8']
  const black = { width: 16, height: 16, frames: [Buffer.alloc(16 * 16 * 3)] }
  await encode(at('film-sound.m4a'), black, ['-map', '1:a', '-c:a', 'aac', '-b:a', '32k'], tone)
}

if (!isThere(FFMPEG, '-version')) {
  console.error(
    'make-fixtures needs ffmpeg: apt-get install ffmpeg (Debian, Ubuntu), brew install ffmpeg (macOS) or winget install ffmpeg (Windows).',
  )
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
await makePictures()
await makeClips()
await makeFilms()
let total = 0
for (const name of readdirSync(folder)) {
  const { size } = statSync(at(name))
  total += size
  console.log(`${String(size).padStart(8)}  ${name}`)
}
console.log(`${String(total).padStart(8)}  in all`)
if (total > MOST_BYTES) {
  console.error(`The fixtures are larger than the ${MOST_BYTES} bytes they may have.`)
  process.exitCode = 1
}
