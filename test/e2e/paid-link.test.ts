import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createCertificate } from '../platforms/certificate'
import { fixture } from './launch'
import { expect, test } from './practice'

/** Pastes text while the slot has the focus, as the system's clipboard does. */
async function pasteOn(page: Page, slot: string, text: string): Promise<void> {
  await page.getByRole('button', { name: `${slot}, choose` }).focus()
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(event)
  }, text)
}

test('a pasted https address fills its slot, with a copy in the library and the address in the recipe', async ({
  practice,
  home,
}) => {
  const { cert, key } = createCertificate('company')
  const picture = await readFile(fixture('a.png'))
  const asked: string[] = []
  const server = createServer({ cert, key }, (request, response) => {
    asked.push(request.url ?? '')
    const isThere = request.url === '/stills/dawn.png?size=big'
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'image/png' }).end(isThere ? picture : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const address = `https://127.0.0.1:${port}/stills/dawn.png?size=big`
  // Whom the company's certificate file makes trusted, the pictures of its hosts can be fetched from.
  const caFile = join(home.userData, 'company.pem')
  await writeFile(caFile, cert)
  const settings = join(home.userData, 'settings.json')
  await writeFile(settings, JSON.stringify({ ...JSON.parse(await readFile(settings, 'utf8')), caFile }))
  try {
    const running = await practice.start()
    const { page, call } = running
    const composer = page.getByRole('region', { name: 'Composer' })
    await pasteOn(page, 'Reference 1', address)
    const slot = composer.getByRole('group', { name: 'Reference 1' })
    await expect(slot.getByRole('img', { name: 'dawn.png' })).toBeVisible()
    await expect(slot.getByText(`From ${address}`)).toBeAttached()
    await expect
      .poll(async () => (await call['draft.get'](undefined)).recipe)
      .toMatchObject({ links: { ref1: address }, slots: { ref1: expect.any(String) } })

    await pasteOn(page, 'Reference 2', `https://127.0.0.1:${port}/gone.png`)
    await expect(page.getByText(/gone\.png could not be fetched/)).toBeVisible()
    expect(asked).toEqual(['/stills/dawn.png?size=big', '/gone.png'])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
