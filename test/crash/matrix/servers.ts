import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiframePracticeKey, createApiframeServer } from '../../platforms/apiframe/apiframe'
import { bytespikePracticeKey, createBytespikeServer } from '../../platforms/bytespike/bytespike'
import { createClock } from '../../platforms/clock'
import type { Core } from '../../platforms/core'
import { createInferenceshServer, inferenceshPracticeKey } from '../../platforms/inferencesh/inferencesh'
import { createKreaServer, kreaPracticeKey } from '../../platforms/krea/krea'
import { createRecord } from '../../platforms/record'
import { createResultHost, type ResultHost } from '../../platforms/result-host'
import type { PlatformHttp } from '../../platforms/server'
import { createUniallServer, uniallPracticeKey } from '../../platforms/uniall/uniall'
import type { RemoteProviderId } from '../../../shared/provider'
import { bodyFaultOf } from './faults'
import type { RunPlan, Script } from './plan'

/** Scaled ms: a run on a busy computer may take hours of its own time, and dead pictures are no subject here. */
const uploadTtlMs = 7 * 24 * 3_600_000

/** The key that works at each platform. */
export const keys: Readonly<Record<RemoteProviderId, string>> = {
  uniall: uniallPracticeKey,
  apiframe: apiframePracticeKey,
  krea: kreaPracticeKey,
  bytespike: bytespikePracticeKey,
  inferencesh: inferenceshPracticeKey,
}

/** Where each takes paid requests, whatever its dialect. */
export const submitPaths: Readonly<Record<RemoteProviderId, RegExp>> = {
  uniall: /^\/v1\/videos?\/generations$/,
  apiframe: /^\/v2\/videos\/generate$/,
  krea: /^\/generate\//,
  bytespike: /^\/v1\/(?:tasks\/submit|videos\/generations)$/,
  inferencesh: /\/(?:apps|veo-3-1-fast)\/run$/,
}

/** A platform as the matrix handles any of them. */
export type Server = Pick<Core<Script>, 'jobs' | 'faults' | 'addForeign' | 'record' | 'close'> & PlatformHttp

/** Opens a platform with its result host, as the plan wants it. `now` in scaled ms. */
export async function openServer(
  id: RemoteProviderId,
  plan: RunPlan,
  place: { readonly folder: string; readonly now: () => number; readonly kill: () => Promise<void> },
): Promise<Server> {
  const { linkTtlMs, resultTtlMs } = plan
  const clock = createClock(place.now)
  const record = createRecord()
  const plain = await createResultHost({
    clock,
    record,
    keys: () => Object.values(keys),
    deadLinkStatus: id === 'bytespike' ? 403 : 404,
  })
  const host = faultyHost(plain, id, plan, place.kill)
  const fixture = readFileSync(join(place.folder, 'clip.mp4'))
  const options = {
    clock,
    record,
    host,
    billFile: billOf(place.folder, id),
    clip: { contentType: 'video/mp4', source: clipOf(fixture, 'foreign', plan.clipBytes) },
  }
  const server = await open()
  const close = async () => {
    await server.close()
    await host.close()
  }
  return { ...server, close }

  function open(): Promise<Server> {
    const { uniall, bytespike, inferencesh } = plan.dialects
    const results = resultTtlMs === null ? {} : { resultTtlMs }
    switch (id) {
      case 'uniall':
        return createUniallServer({
          ...options,
          linkTtlMs,
          resultTtlMs,
          dialect: uniall,
          defaultPlan: { pollPath: plan.pollPath },
        })
      case 'apiframe':
        return createApiframeServer({ ...options, ...results, uploadTtlMs })
      case 'krea':
        return createKreaServer({ ...options, linkTtlMs, resultTtlMs, http2: plan.http2 })
      case 'bytespike': {
        const links = linkTtlMs === null ? {} : { linkTtlMs }
        return createBytespikeServer({ ...options, ...links, resultTtlMs, dialect: bytespike })
      }
      case 'inferencesh':
        return createInferenceshServer({ ...options, linkTtlMs, resultTtlMs, submitPath: inferencesh })
    }
  }
}

/** Where a platform keeps its bill. */
export function billOf(folder: string, id: string): string {
  return join(folder, `${id}.bill`)
}

/** A clip of its own for every want: the fixture, and a free box that holds the marker. */
export function clipOf(fixture: Buffer, marker: string, bytes: number): Buffer {
  const box = Buffer.alloc(Math.max(64 + marker.length, bytes - fixture.length))
  box.writeUInt32BE(box.length, 0)
  box.write(`free${marker}`, 4)
  return Buffer.concat([fixture, box])
}

/** A host on which the first clip has the plan's faults; uploaded pictures lie there, too, and have none. */
function faultyHost(
  host: ResultHost,
  id: RemoteProviderId,
  { bodyFaults }: RunPlan,
  kill: () => Promise<void>,
): ResultHost {
  let planned = bodyFaults.filter(({ platform }) => platform === id)
  return {
    ...host,
    add(file) {
      const fileId = host.add(file)
      if (file.contentType !== 'video/mp4') return fileId
      for (const { what, times } of planned) host.faults.add(bodyFaultOf(what, kill), { fileId, times })
      planned = []
      return fileId
    },
  }
}
