import { z } from 'zod'
import { providerIds, remoteProviderIds } from './provider'

export const providerIdSchema = z.enum(providerIds)
export const remoteProviderIdSchema = z.enum(remoteProviderIds)
