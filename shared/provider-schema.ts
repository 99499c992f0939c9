import { z } from 'zod'
import { providerIds } from './provider'

export const providerIdSchema = z.enum(providerIds)
