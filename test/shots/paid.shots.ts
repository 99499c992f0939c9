import { join } from 'node:path'
import type { Recipe } from '../../shared/recipe-schema'
import { cardOf, expectClip, generate, generateUnpriced, press, setDayCap } from '../e2e/composing'
import { createJob, waitForJob } from '../e2e/gestures'
import type { Home, Running } from '../e2e/launch'
import { test, type Practice } from '../e2e/practice'
import { failure, json } from '../platforms/answer'
import { rest, shoot, waitForPreviews } from './shoot'

/** Makes the samples' clip on this computer; the platforms then give it out as theirs. */
async function prepare(running: Running, home: Home, { krea, apiframe }: Practice): Promise<Recipe> {
  const { recipe } = await running.call['draft.get'](undefined)
  const done = await waitForJob(
    running,
    (await createJob(running, recipe)).id,
    ({ state }) => state === 'done',
  )
  const { file } = await running.call['clips.get']({ id: done.clipId ?? '' })
  const clip = { contentType: 'video/mp4', source: { path: join(home.library, file) } }
  for (const { jobs } of [krea, apiframe]) jobs.script('', { clip }, 1_000_000)
  return recipe
}

test('providers, spending and a question before money', async ({ practice, home }) => {
  const running = await practice.start()
  const { page } = running
  await prepare(running, home, practice)
  await generate(page, 'krea', 'Dawn over the frozen lake, the light comes back')
  await expectClip(page, 'Dawn over the frozen lake, the light comes back')
  await waitForPreviews(running)
  await rest(page)
  await shoot(running, 'paid-composer')

  await generate(page, 'apiframe', 'The same dawn, seen from the shore')
  await page.getByRole('dialog', { name: 'Price unknown' }).waitFor()
  await shoot(running, 'question-price')
  await page.keyboard.press('Escape')

  await setDayCap(page, '0.50')
  await generate(page, 'krea', 'A second dawn')
  await page.getByRole('dialog', { name: 'Over your cap' }).waitFor()
  await shoot(running, 'question-cap')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /open spending/ }).click()
  await shoot(running, 'spending')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Providers:/ }).click()
  await shoot(running, 'providers')
  await page
    .getByRole('dialog', { name: 'Settings' })
    .getByRole('button', { name: /Apiframe/ })
    .click()
  const panel = page.getByRole('dialog', { name: 'Apiframe' })
  await panel.getByRole('button', { name: 'Test', exact: true }).click()
  await panel.getByText(/Key works/).waitFor()
  await shoot(running, 'connect-stored')
  await panel.getByRole('button', { name: 'Remove key' }).click()
  await panel.getByRole('button', { name: 'Remove key' }).last().click()
  await panel.getByText('Kept in memory until you quit').waitFor()
  await shoot(running, 'connect-empty')
})

test('five platforms side by side, their settings, the bucket and the network', async ({ practice }) => {
  const running = await practice.start()
  const { page } = running
  await page.getByRole('radio', { name: /UniAll/ }).click()
  await rest(page)
  await shoot(running, 'five-providers')
  await page.getByRole('button', { name: 'Compare on…' }).click()
  const comparison = page.getByRole('dialog', { name: 'Compare on' })
  await comparison.getByRole('button', { name: /Remove last frame/ }).click()
  await rest(page)
  await shoot(running, 'compare')
  await page.keyboard.press('Escape')
  const list = page.getByRole('dialog', { name: 'Settings' })
  const open = async (name: RegExp) => {
    await page.getByRole('button', { name: /^Providers:/ }).click()
    await list.getByRole('button', { name }).click()
  }
  await open(/ByteSpike/)
  await page.getByRole('tab', { name: 'Connection' }).click()
  await shoot(running, 'provider-connection')
  await page.getByRole('tab', { name: 'What is uncertain' }).click()
  await shoot(running, 'provider-doubts')
  await page.keyboard.press('Escape')
  await open(/Your bucket/)
  await shoot(running, 'bucket')
  await page.keyboard.press('Escape')
  await open(/Network/)
  await shoot(running, 'network')
})

test('a queue with many states, and the question what became of a job', async ({ practice, home }) => {
  const { krea, apiframe } = practice
  const running = await practice.start()
  const { page, call } = running
  const many = { concurrency: 6, jobMicros: null, dayMicros: null, creditMicros: null }
  await call['providers.setLimits']({ provider: 'krea', limits: many })
  krea.jobs.script('City lights', { runMs: 600_000 }, 9)
  apiframe.jobs.script('Fog lifts', { runMs: 600_000 })
  krea.jobs.script('A crowd', {
    end: 'failed',
    failure: { code: 'content', message: 'blocked by content filtering' },
  })
  await prepare(running, home, practice)
  await generate(page, 'krea', 'Snow falls on the pier at dusk')
  await expectClip(page, 'Snow falls on the pier at dusk')
  krea.faults.add({ kind: 'cut', acted: true }, { route: 'submit', intent: 'Northern' })
  apiframe.faults.add(
    {
      kind: 'answer',
      acted: false,
      answer: json(400, { error: 'Validation failed', details: { 'veoParams.image': ['Too small'] } }),
    },
    { route: 'submit', intent: 'The fox' },
  )
  await generate(page, 'krea', 'Northern lights over the valley')
  await generateUnpriced(page, 'The fox looks back once')
  await generate(page, 'krea', 'A crowd cheers at the finish')
  await generate(page, 'krea', 'City lights come on, slow push in')
  await generateUnpriced(page, 'Fog lifts from the river')
  await cardOf(page, 'A crowd').getByText('Refused').waitFor({ timeout: 20_000 })
  krea.faults.add(
    { kind: 'answer', acted: false, answer: failure(429, 'slow down', 60) },
    { route: 'submit', intent: 'Rain' },
  )
  await generate(page, 'krea', 'Rain on the window, neon behind')
  await cardOf(page, 'Rain')
    .getByText(/next try in/)
    .waitFor()
  await waitForPreviews(running)
  await rest(page)
  await shoot(running, 'queue')

  await press(page, 'Resolve…', 'Northern lights over the valley')
  await page.getByText(/job list shows/).waitFor()
  await shoot(running, 'resolve')
  await page.keyboard.press('Escape')
  await press(page, 'Details', 'City lights come on, slow push in')
  await page.getByText(/^Accepted as /).waitFor()
  await shoot(running, 'job-details')
  await running.kill()

  const again = await practice.start()
  await again.page.getByText(/last session ended unexpectedly/).waitFor()
  await again.page.getByRole('option', { name: /^Snow falls/ }).click()
  await waitForPreviews(again)
  await shoot(again, 'banner-unclean')
  await again.page.getByRole('button', { name: 'Resume', exact: true }).click()
})

test('while you were away', async ({ practice, home }) => {
  const first = await practice.start()
  await prepare(first, home, practice)
  await generate(first.page, 'krea', 'A train crosses the plain')
  await cardOf(first.page, 'A train')
    .getByText(/backlogged/)
    .waitFor()
  await first.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
  })
  await first.quit()
  const again = await practice.start()
  await again.page.getByText('While you were away: 1 clip arrived.').waitFor({ timeout: 20_000 })
  await waitForPreviews(again)
  await shoot(again, 'banner-away')
})
