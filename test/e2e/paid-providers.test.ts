import type { Locator, Page } from '@playwright/test'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { RemoteProviderId } from '../../shared/provider'
import { providers } from '../../shared/providers'
import { createClock } from '../platforms/clock'
import { createKreaServer } from '../platforms/krea/krea'
import { objections } from './axe'
import { expectLedgerIsBill, expectOnce } from './billing'
import { cardOf, clearSlot, expectClip, generate, generateUnpriced, press } from './composing'
import { expect, test } from './practice'
import { holds } from './traces'

/** A key of the gateway's own. */
const gatewayKey = 'krea-gateway-fedcba9876543210'

/** Opens a platform's part "Connection" of the settings. */
async function openConnection(page: Page, id: RemoteProviderId): Promise<Locator> {
  const { name } = providers[id]
  await page.getByRole('button', { name: /^Providers:/ }).click()
  await page
    .getByRole('dialog', { name: 'Settings' })
    .getByRole('button', { name: new RegExp(name) })
    .click()
  const panel = page.getByRole('dialog', { name })
  await panel.getByRole('tab', { name: 'Connection' }).click()
  return panel
}

async function setAddress(panel: Locator, origin: string): Promise<void> {
  await panel.getByRole('button', { name: 'Change…' }).click()
  await panel.getByLabel('Base URL').getByRole('textbox').fill(origin)
  await panel.getByRole('button', { name: 'Check and use' }).click()
}

/** A web server that has nothing to do with any platform, and all that was sent to it. */
async function startWebSite() {
  const seen: string[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    seen.push(
      [request.method, request.url, JSON.stringify(request.rawHeaders), await text(request)].join('\n'),
    )
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>It works</h1>')
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has an AddressInfo for its address.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { host, seen, close }
}

test('another base URL: a web site is refused without a key, a gateway is asked with a key of its own', async ({
  practice,
}) => {
  const site = await startWebSite()
  const keys = [{ key: gatewayKey, account: 'studio' }]
  const markerOf = (prompt: string) => prompt
  const gateway = await createKreaServer({
    clock: createClock(Date.now),
    runMs: () => 2_000,
    keys,
    markerOf,
  })
  const running = await practice.start()
  const { page } = running
  const panel = await openConnection(page, 'krea')
  await setAddress(panel, `http://${site.host}`)
  await expect(panel.getByRole('alert')).toContainText(
    `${site.host} answers, but not like Krea. No key was sent there; check the address.`,
  )
  const field = panel.getByRole('textbox', { name: 'Base URL' })
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(/answers, but not like Krea/)
  expect(await objections(running)).toEqual([])
  expect(site.seen.length).toBeGreaterThan(0)
  for (const key of Object.values(practice.keys)) {
    expect(site.seen.filter((request) => holds(Buffer.from(request), key))).toEqual([])
  }
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await expect(panel.getByText(practice.krea.origin)).toBeVisible()

  await setAddress(panel, gateway.origin)
  await expect(panel.getByText('There is no key for this address yet.')).toBeVisible()
  expect(gateway.record.requests.map(({ headers }) => headers['authorization'])).toEqual([undefined])
  await panel.getByRole('button', { name: 'Paste the key' }).click()
  await panel.getByLabel('API key').fill(gatewayKey)
  await panel.getByRole('button', { name: 'Save and test' }).click()
  await expect(panel.getByText('Key works')).toBeVisible()
  await page.keyboard.press('Escape')
  await generate(page, 'krea', 'By way of the gateway')
  await expectClip(page, 'By way of the gateway')

  const sentKeys = new Set(gateway.record.requests.map(({ headers }) => headers['authorization']))
  expect(sentKeys).toEqual(new Set([undefined, `Bearer ${gatewayKey}`]))
  expectOnce(gateway, 'By way of the gateway')
  expect(practice.krea.bill.posts().size).toBe(0)
  expect(gateway.record.violations).toEqual([])
  await gateway.close()
  site.close()
})

test.describe('a ByteSpike that keeps to its utility reference', () => {
  test.use({ bytespikeDialect: 'B' })

  test('the wrong dialect is said, never tried out by itself; in the right one lost requests are found', async ({
    practice,
    home,
  }) => {
    const { bytespike } = practice
    const running = await practice.start()
    const { page } = running
    await clearSlot(page, 'Last frame')
    await generate(page, 'bytespike', 'As on the page')
    const refused = cardOf(page, 'As on the page')
    await expect(refused).toContainText('ByteSpike wants its requests in another dialect')
    await expect(refused).toContainText('not charged')

    // The card leads to where the dialect is set, and gets the focus back.
    await press(page, 'Open connection', 'As on the page')
    const panel = page.getByRole('dialog', { name: 'ByteSpike' })
    await expect(panel.getByRole('tab', { name: 'Connection' })).toHaveAttribute('aria-selected', 'true')
    const utility = panel.getByRole('radio', { name: /^B \(utility reference\)/ })
    await utility.click()
    await expect(utility).toBeChecked()
    await page.keyboard.press('Escape')
    await expect(refused.getByRole('button', { name: /^Open connection/ })).toBeFocused()
    await press(page, 'More', 'As on the page')
    await page.getByRole('menuitem', { name: 'Edit and try again' }).click()
    await generate(page, 'bytespike', 'As in the reference')
    await expectClip(page, 'As in the reference')
    expect(bytespike.bill.posts().get('As on the page')).toBe(1)
    expect(bytespike.bill.accepted().get('As on the page')).toBeUndefined()
    expectOnce(bytespike, 'As in the reference')

    bytespike.faults.add({ kind: 'cut', acted: true }, { route: 'submit', intent: 'Lost on the way' })
    await generate(page, 'bytespike', 'Lost on the way')
    await expectClip(page, 'Lost on the way')
    expectOnce(bytespike, 'Lost on the way')
    await expectLedgerIsBill(running, home, practice)
  })
})

test('a platform that cannot be searched asks for the id of a lost job, and fetches its clip', async ({
  practice,
  home,
}) => {
  const { uniall } = practice
  uniall.faults.add({ kind: 'cut', acted: true }, { route: 'submit' })
  const running = await practice.start()
  const { page } = running
  await generateUnpriced(page, 'Nobody heard the answer', 'uniall')
  await expect(cardOf(page, 'Nobody heard the answer')).toContainText(
    /Outcome unknown.*UniAll did not answer/,
  )
  await press(page, 'Resolve…', 'Nobody heard the answer')
  const dialog = page.getByRole('dialog', { name: 'Did UniAll accept “Nobody heard the answer”?' })
  await expect(dialog).toContainText('UniAll has no list of jobs, so Inbetween cannot look for it there.')
  await expect(dialog.getByRole('button', { name: 'Open UniAll' })).toBeVisible()
  expect(await objections(running)).toEqual([])
  const own = uniall.jobs.all().find(({ foreign }) => !foreign)
  await dialog.getByRole('textbox', { name: /The job’s id/ }).fill(own?.id ?? '')
  await expect(dialog.getByRole('radio', { name: 'It is there, with this id' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Attach and fetch' }).click()
  await expect(dialog).toBeHidden()
  await expectClip(page, 'Nobody heard the answer')
  expectOnce(uniall, 'Nobody heard the answer')
  await expect.poll(() => practice.bucket.objects().size).toBe(0)
  await expectLedgerIsBill(running, home, practice, ['uniall'])
})
