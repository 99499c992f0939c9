import { z } from 'zod'
import { isBucketEndpoint, isBucketName, isBucketRegion } from './bucket'

/** Where the user's own S3-compatible bucket is. The access keys are in the vault. */
export const bucketSettingsSchema = z.object({
  /** `https://s3.eu-central-1.amazonaws.com`: an origin, without the bucket. */
  endpoint: z.string().max(500).refine(isBucketEndpoint),
  /** `auto` is Cloudflare R2's only one. */
  region: z.string().refine(isBucketRegion).default('auto'),
  /** By S3's rules for names. */
  bucket: z.string().refine(isBucketName),
  /** `https://endpoint/bucket/…` instead of `https://bucket.endpoint/…`: MinIO, and what has no wildcard name. */
  pathStyle: z.boolean(),
})
export type BucketSettings = z.infer<typeof bucketSettingsSchema>
