import { copyFile, mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { inMain } from './in-main'
import { expect, test } from './fixtures'
import { listFiles } from './files'
import { dropFiles, middleOf } from './gestures'
import { fixture, type Home } from './launch'

/** Everything a refused file must leave unchanged. */
async function contents({ library }: Home) {
  const db = new DatabaseSync(join(library, '.inbetween/library.db'), { readOnly: true })
  const rows = db
    .prepare('select (select count(*) from stills) as stills, (select count(*) from clips) as clips')
    .get()
  db.close()
  const files = await listFiles(library, '{stills,clips,.inbetween/partial}/**/*.*')
  return { stills: rows?.['stills'], clips: rows?.['clips'], files }
}

const bad: readonly (readonly [string, string, RegExp])[] = [
  ['text.png', 'unknown-type', /neither a picture nor a video/],
  ['truncated.jpg', 'damaged', /truncated\.jpg/],
  ['empty.png', 'empty', /0 bytes/],
  ['huge-side.png', 'too-many-pixels', /60000×10/],
  ['heic.heic', 'not-decodable', /HEIC/],
  ['not-a-video.mp4', 'unknown-type', /neither a picture nor a video/],
  ['clip-truncated.mp4', 'damaged', /clip-truncated\.mp4/],
]

test('bad files are refused with a reason, and change nothing', async ({ start, home }) => {
  const { page, call } = await start()
  await call['draft.get'](undefined)
  const big = join(home.userData, 'big.png')
  const png = Buffer.from('89504e470d0a1a0a0000000d494844520000001000000010', 'hex')
  await writeFile(big, png)
  const file = await open(big, 'r+')
  await file.truncate(300_000_000)
  await file.close()
  const folder = join(home.userData, 'A folder.png')
  await mkdir(folder)

  const before = await contents(home)
  const all = [
    ...bad,
    ['big.png', 'too-large', /300 MB/] as const,
    ['A folder.png', 'is-folder', /folder/] as const,
  ]
  const paths = [...bad.map(([name]) => fixture(name)), big, folder]
  await dropFiles(page, paths, await middleOf(page, 'region', 'Stage'))
  const report = page.getByRole('region', { name: 'Imported files' })
  for (const [name] of all) await expect(report.getByText(name).first()).toBeVisible({ timeout: 20_000 })
  expect(await contents(home)).toEqual(before)

  const results = await call['library.import']({ paths })
  for (const [index, [name, code, words]] of all.entries()) {
    expect(results[index], name).toMatchObject({ kind: 'refused', name, error: { code } })
    expect(results[index]?.kind === 'refused' && results[index].error.message).toMatch(words)
  }
  expect(await contents(home)).toEqual(before)
})

test('two hundred pictures at once are stored, with progress', async ({ start, home }) => {
  const { page, call } = await start()
  const { recipe } = await call['draft.get'](undefined)
  const paths: string[] = []
  for (let n = 0; n < 200; n += 1) {
    const path = join(home.userData, `picture ${n}.png`)
    await copyFile(fixture('tiny.png'), path)
    // Bytes after the end of a PNG change its hash, not its picture: two hundred different stills.
    await writeFile(path, String(n), { flag: 'a' })
    paths.push(path)
  }
  await dropFiles(page, paths, await middleOf(page, 'region', 'Stage'))
  await expect(page.getByText(/Importing \d+ of 200/)).toBeVisible()
  await expect(page.getByText(/\d+ more pictures are in the library/)).toBeVisible({ timeout: 50_000 })
  expect(Object.keys(recipe.slots)).toEqual(['first', 'last'])
  const { stills } = await contents(home)
  expect(stills).toBe(202)
})

test('dropped clips are kept byte for byte and once', async ({ start, home }) => {
  const { page, call } = await start()
  const names = ['clip.mp4', 'clip.webm', 'clip.mov']
  await dropFiles(page, [...names, 'clip.mp4'].map(fixture), await middleOf(page, 'region', 'Stage'))
  await expect(page.getByRole('region', { name: 'Gallery' }).getByText('3', { exact: true })).toBeVisible()
  const { clips } = await call['clips.page']({ search: '', sort: 'name', offset: 0, limit: 10 })
  expect(clips.map(({ title }) => title)).toEqual(['clip', 'clip', 'clip'])
  for (const clip of clips) {
    if (clip.origin.kind !== 'imported') throw new Error('wrong origin')
    const original = await readFile(fixture(clip.origin.fileName))
    expect((await readFile(join(home.library, clip.file))).equals(original)).toBe(true)
  }
})

test('a pasted picture fills the first free slot', async ({ start }) => {
  const { page } = await start()
  await page.getByRole('group', { name: 'Last frame' }).hover()
  await page.getByRole('button', { name: 'Clear last frame' }).click()
  const bytes = (await readFile(fixture('a.png'))).toString('base64')
  // The event as Chromium gives it for a copied picture: bytes without a path.
  await page.evaluate((base64) => {
    const data = new DataTransfer()
    data.items.add(new File([Uint8Array.fromBase64(base64)], 'image.png', { type: 'image/png' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  }, bytes)
  await expect(page.getByRole('group', { name: 'Last frame' }).getByRole('img')).toBeVisible()
})

test('the file dialog fills the slot it was opened from; dismissed, it changes nothing', async ({
  start,
}) => {
  const { app, page } = await start()
  const answer = (paths: readonly string[]) =>
    inMain(
      app,
      ({ dialog }, filePaths) => {
        dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths: [...filePaths] })
      },
      paths,
    )
  const slot = page.getByRole('group', { name: 'Reference 2' })
  await answer([])
  await slot.getByRole('button', { name: /choose a picture/ }).click()
  await answer([fixture('square.webp')])
  await slot.getByRole('button', { name: /choose a picture/ }).click()
  await expect(slot.getByRole('img', { name: /square\.webp/ })).toBeVisible()
})
