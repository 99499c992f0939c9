import { cp } from 'node:fs/promises'
import { inMain } from './in-main'
import { expectOnce } from './billing'
import { cardOf, expectClip, generate } from './composing'
import { createHome } from './launch'
import { expect, test } from './practice'

test('quitting while a paid job is in flight asks; the clip comes after the next start', async ({
  practice,
}) => {
  const { krea } = practice
  // Not over before the second question.
  krea.jobs.script('Left alone', { runMs: 6_000 })
  const first = await practice.start()
  const { app, page } = first
  await generate(page, 'krea', 'Left alone')
  await expect(cardOf(page, 'Left alone')).toContainText('backlogged')
  await inMain(app, ({ dialog }) => {
    const asked: { message: string; detail: string }[] = []
    Reflect.set(globalThis, 'asked', asked)
    dialog.showMessageBox = async (...args: readonly unknown[]) => {
      const { message, detail } = args.at(-1) as { message: string; detail: string }
      asked.push({ message, detail })
      return { response: asked.length === 1 ? 0 : 1, checkboxChecked: false }
    }
  })
  const quit = () => inMain(app, ({ app: electron }) => electron.quit())
  const asked = () => inMain(app, () => Reflect.get(globalThis, 'asked') as unknown)
  await quit()
  await expect.poll(asked).toEqual([
    {
      message: 'A clip is still being made. Quit anyway?',
      detail:
        'It goes on at the platform, is paid for there, and is fetched when Inbetween starts again. Nothing is lost.',
    },
  ])
  // Kept: the window is there and the job goes on.
  await expect(cardOf(page, 'Left alone')).toContainText('Krea ·')
  const closed = app.waitForEvent('close')
  await Promise.all([closed, quit().catch(() => undefined)])
  expect(first.isOpen()).toBe(false)

  const second = await practice.start()
  await expectClip(second.page, 'Left alone')
  await expect(second.page.getByText(/last session ended unexpectedly/)).toBeHidden()
  await expect(second.page.getByText('While you were away: 1 clip arrived.')).toBeVisible()
  expectOnce(krea, 'Left alone')
})

test('a library that was copied to another computer submits nothing and shows its clips', async ({
  practice,
  home,
}) => {
  const { krea, apiframe } = practice
  krea.jobs.script('Still running', { runMs: 600_000 })
  const first = await practice.start()
  await generate(first.page, 'krea', 'In the library')
  await expectClip(first.page, 'In the library')
  await generate(first.page, 'krea', 'Still running')
  await expect(cardOf(first.page, 'Still running')).toContainText('backlogged')
  await first.page.getByRole('button', { name: 'Pause all' }).click()
  await generate(first.page, 'krea', 'Not sent yet')
  await expect(cardOf(first.page, 'Not sent yet')).toBeVisible()
  await first.kill()

  const other = await createHome()
  await cp(home.library, other.library, { recursive: true })
  const second = await practice.start(other)
  await expectClip(second.page, 'In the library')
  await expect(second.page.getByRole('region', { name: 'Queue' })).toBeHidden()
  expect(await second.call['jobs.list'](undefined)).toEqual([])
  expect(await second.call['money.spend'](undefined)).toMatchObject({ todayMicros: 0, monthMicros: 0 })
  await second.quit()
  await other.remove()
  expect([...krea.bill.posts()]).toEqual([
    ['In the library', 1],
    ['Still running', 1],
  ])
  expect(apiframe.bill.posts().size).toBe(0)
})
