import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { madeClip } from '../../../../electron/jobs/delivery/made-clip'
import { engineScene } from '../../../support/engine-scene'
import { noon, sampleJob, sampleMedia, sampleRecipe } from '../../../support/samples'

const token = 'X-Amz-Signature=5ec2e7'
const pasted = {
  slots: { first: 'e'.repeat(64) },
  links: { first: `https://pictures.example/a.png?${token}` },
}
const file = { media: sampleMedia, sha256: 'a'.repeat(64), bytes: 9, extension: '.mp4', tookMs: 1 }

test('SECURITY: the recipe of a clip has no pasted address, and is otherwise what was made', () => {
  const recipe = sampleRecipe({ ...pasted, seed: 5 })
  const clip = madeClip(sampleJob({ provider: 'krea', recipe }), file, noon)
  expect(clip.origin).toEqual({
    kind: 'generated',
    provider: 'krea',
    recipe: { ...recipe, links: {} },
    tookMs: 1,
  })
})

test('SECURITY: a pasted address goes to the platform, and stands in no file of the library', async () => {
  const { start, krea, paths, clips } = await engineScene()
  const { create, passes } = start()
  const id = await create(pasted)
  expect(krea.jobs[0]?.body).toContain(token)
  krea.finish('r1')
  await passes(id, 'done')
  expect(clips.get(id)?.origin).toMatchObject({ recipe: { links: {}, slots: pasted.slots } })
  const sidecars = readdirSync(paths.root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^clips.*\.json$/.test(name),
  )
  expect(sidecars).toHaveLength(1)
  for (const name of sidecars) {
    const sidecar = readFileSync(join(paths.root, name), 'utf8')
    expect([sidecar.includes(id), sidecar.includes(token)]).toEqual([true, false])
  }
})
