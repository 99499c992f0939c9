import type { Core } from '../core'
import type { Job } from '../jobs'
import { judgePicture } from '../pictures'
import type { UniallAsk } from './uniall-schema'
import type { UniallPlan } from './uniall-view'

/** Pictures that a submit may name; the limits are unknown (§1.5), these are what Google's model takes (§6.1). */
export const uniallPictureTypes = ['image/jpeg', 'image/png', 'image/webp']

/** Source videos; which are taken is unknown, MP4 is what the platform makes itself. */
const videoTypes = ['video/mp4']

/** Fetches all that a submit names; something that cannot be used makes the job fail at once and free of charge. */
export async function judgeMedia(
  core: Core<UniallPlan>,
  job: Job<UniallPlan>,
  { pictures, videos }: Pick<UniallAsk, 'pictures' | 'videos'>,
): Promise<void> {
  await core.judgePictures(job, pictures)
  for (const url of videos) {
    const why = await judgePicture(core.record, job.id, url, videoTypes)
    if (why === null) continue
    const failure = { code: 'invalid_video', message: `Could not use the video: it ${why}` }
    job.plan = { ...job.plan, stages: [], end: 'failed', failure, billedAnyway: false }
  }
}
