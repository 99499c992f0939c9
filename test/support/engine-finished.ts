import { DownloadFailure, type DownloadFailureKind } from '../../electron/downloads/failure'
import { engineScene } from './engine-scene'

/** A job that has finished at the platform, about to be fetched. */
export async function finishedJob() {
  const scene = await engineScene()
  const session = scene.start()
  const id = await session.create()
  const fetched = async () => {
    scene.krea.finish('r1')
    await session.commands.check(id)
  }
  const fails = (kind: DownloadFailureKind, times = 1, details = {}) => {
    for (let n = 0; n < times; n += 1) {
      scene.world.downloads.push(() => {
        throw new DownloadFailure(kind, `it was ${kind}`, details)
      })
    }
  }
  return { ...scene, ...session, id, fetched, fails }
}
