import type { RemoteProviderId } from '../../shared/provider'

/** Something of each platform. */
export function byPlatform<T>(of: (id: RemoteProviderId) => T): Readonly<Record<RemoteProviderId, T>> {
  return {
    uniall: of('uniall'),
    apiframe: of('apiframe'),
    krea: of('krea'),
    bytespike: of('bytespike'),
    inferencesh: of('inferencesh'),
  }
}
