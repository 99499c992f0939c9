import { describe, expect, test } from 'vitest'
import { uniallSubmitPaths } from './uniall'
import { errorShape, text, uniall } from './uniall-client'

const fast = { model: 'veo3.1-fast-video-4k', prompt: 'x' }
const url = 'http://127.0.0.1:1/a.png'
const video = 'http://127.0.0.1:1/a.mp4'
const docs = { dialect: 'docs' } as const

describe('the docs dialect', () => {
  test.each([
    ['a prompt alone', fast],
    ['no prompt', { model: fast.model }],
    ['a picture', { ...fast, image: url }],
    ['a first and a last picture', { ...fast, image: url, last_image: url }],
    ['a video to extend', { ...fast, video, duration: 8 }],
    ['reference pictures on a standard model', { ...fast, model: 'veo3.1-video-4k', images: [url, url] }],
    ['a size that is the tier', { ...fast, size: '4k', duration: 4, aspect_ratio: '9:16' }],
    ['everything extra', { ...fast, extra_body: { generate_audio: false, negative_prompt: 'fog', seed: 7 } }],
  ])('takes %s', async (_what, body) => {
    const { submit } = await uniall(docs)
    expect((await submit(body)).status).toBe(200)
  })

  test.each([
    ['an unknown key', { seed: 7 }],
    ['a field of the other dialect', { generation_mode: 'text_to_video' }],
    ['sound at the top', { generate_audio: true }],
    ['resolution', { resolution: '4k' }],
    ['an unknown model', { model: 'veo3.1-fast-video' }],
    ['reference pictures on a fast model', { images: [url, url] }],
    ['one reference picture', { model: 'veo3.1-video-4k', images: [url] }],
    ['four reference pictures', { model: 'veo3.1-video-4k', images: [url, url, url, url] }],
    ['a last picture alone', { last_image: url }],
    ['a last picture with a video', { last_image: url, video }],
    ['a picture and a video', { image: url, video }],
    ["another tier's size", { size: '720p' }],
    ['5 seconds', { duration: 5 }],
    ['an unknown extra', { extra_body: { audio: true } }],
    ['a data URI', { image: 'data:image/png;base64,AAAA' }],
  ])('is refused with %s', async (_what, change) => {
    const { server, submit } = await uniall(docs)
    const answer = await submit({ ...fast, ...change })
    expect(answer.status).toBe(400)
    expect(errorShape.parse(JSON.parse(answer.text)).error.code).toBe('invalid_parameter')
    expect(server.bill.accepted().size).toBe(0)
  })

  test("does not know the other dialect's path", async () => {
    const { server, at } = await uniall(docs)
    const answer = await at(uniallSubmitPaths.generation_mode, { method: 'POST', body: text })
    expect(answer.status).toBe(404)
    expect(server.bill.posts().size).toBe(0)
  })

  test('bills by the model, with sound unless refused', async () => {
    const { server, submit } = await uniall(docs)
    await submit({ ...fast, duration: 6 })
    await submit({ ...fast, duration: 6, extra_body: { generate_audio: false } })
    await submit({ ...fast, model: 'veo3.1-fast-video-720p', extra_body: { generate_audio: false } })
    const amounts = server.bill
      .lines()
      .flatMap((line) => (line.event === 'accepted' ? [line.amount / 1000] : []))
    expect(amounts).toEqual([1428, 1224, 544])
  })

  test('fetches its media, polls like the other', async () => {
    const { server, started, poll, hosted } = await uniall(docs)
    const image = hosted('a.png', 'image/png')
    const id = await started({ ...fast, image, last_image: hosted('b.png', 'image/png') })
    const source = await started({ ...fast, video: hosted('clip.mp4', 'video/mp4') })
    server.clock.advance(60_000)
    expect((await poll(id)).status).toBe('completed')
    expect((await poll(source)).status).toBe('completed')
    expect(server.record.pictures).toHaveLength(3)
    expect(server.record.violations).toEqual([])
  })

  test('knob: a duration beside a video', async () => {
    const { submit } = await uniall({ ...docs, durationWithVideo: 'refused' })
    expect((await submit({ ...fast, video, duration: 8 })).status).toBe(400)
    expect((await submit({ ...fast, video })).status).toBe(200)
    expect((await submit({ ...fast, duration: 8 })).status).toBe(200)
  })
})
