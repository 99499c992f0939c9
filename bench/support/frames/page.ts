// Paints every frame of an animatic with the application's own code and hands them over uncompressed, I420.
import type { MediaTaskOf } from '../../../shared/media-schema'
import { pictureFilm } from '../../../renderer/media-worker/animatic/render'

const task: MediaTaskOf<'animatic'> = JSON.parse(new URLSearchParams(location.search).get('task') ?? '')

async function paintAll(): Promise<void> {
  const film = await pictureFilm(task, {
    files: {
      url: (name) => `/${name}`,
      read: async (name) => (await fetch(`/${name}`)).blob(),
      write: async () => undefined,
    },
    report: () => undefined,
    signal: new AbortController().signal,
  })
  for (let frame = 0; frame < film.frames; frame += 1) {
    // One at a time and in order: the server appends them to one file.
    await fetch('/frame', { method: 'POST', body: film.paint(frame) })
  }
  await fetch('/done', { method: 'POST' })
}

void paintAll()
