import { useRef, useState, type FormEvent } from 'react'
import type { BucketSettings } from '../../shared/bucket-schema'
import type { ErrorShape } from '../../shared/error'
import type { BucketStatus } from '../../shared/provider-status-schema'
import { strings } from '../strings'
import { Button } from '../ui/Button'
import { textsOf } from '../ui/form-texts'
import { TextField } from '../ui/TextField'
import { useBucket } from '../window/app-window-context'
import { fieldOf, isSameEndpoint, readBucket, type BucketFaults } from './bucket-input'
import type { BucketKeys } from './bucket-store'
import { KeyKept } from './KeyKept'
import { KeyRefusal } from './KeyRefusal'
import { RemoveQuestion } from './RemoveQuestion'

const words = strings.bucket

/** The user's own bucket: what it is for, where it is, and its keys. */
export function BucketPanel() {
  const status = useBucket((state) => state.status)
  return (
    <>
      <p className="mb-4 text-ink-2">
        {words.what} {words.where}
      </p>
      {status ? <BucketForm status={status} /> : null}
    </>
  )
}

type Outcome =
  | { readonly kind: 'none' | 'running' | 'works' }
  | { readonly kind: 'failed'; readonly error: ErrorShape; readonly settings: BucketSettings }

function BucketForm({ status }: { readonly status: BucketStatus }) {
  const { settings, key } = status
  const connect = useBucket((state) => state.connect)
  const remove = useBucket((state) => state.remove)
  const [removing, setRemoving] = useState(false)
  const idField = useRef<HTMLInputElement>(null)
  const secretField = useRef<HTMLInputElement>(null)
  const [faults, setFaults] = useState<BucketFaults & { readonly keys?: string }>({})
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' })
  // Keys belong to the endpoint they were saved for.
  const [endpoint, setEndpoint] = useState(settings?.endpoint ?? '')
  const hasKeys = key.kind === 'stored' && isSameEndpoint(endpoint, settings)
  const lacking = key.kind === 'stored' ? words.otherEndpoint : ''
  const failure = outcome.kind === 'failed' ? outcome.error : null
  const failedField = failure ? fieldOf(failure) : null
  const fault = (field: 'endpoint' | 'bucket' | 'region' | 'keys') =>
    failure && failedField === field
      ? { error: failure.message, details: failure.details }
      : { error: faults[field] }

  // SECURITY: the keys are read from the page here, handed to their one call, and are in no state, store or text of ours.
  const keysTyped = (): BucketKeys => ({
    accessKeyId: idField.current?.value.trim() ?? '',
    secret: secretField.current?.value.trim() ?? '',
  })
  const clearKeys = () => {
    for (const { current } of [idField, secretField]) if (current) current.value = ''
  }
  const send = async (to: BucketSettings, forSession: boolean) => {
    const keys = keysTyped()
    const isTyped = keys.accessKeyId !== '' && keys.secret !== ''
    const isLacking = !isTyped && (keys.accessKeyId + keys.secret !== '' || !hasKeys)
    setFaults(isLacking ? { keys: words.needsKey } : {})
    if (isLacking) return
    setOutcome({ kind: 'running' })
    const error = await connect(to, isTyped ? keys : null, forSession)
    // SECURITY: they leave the page with the answer, unless they were not taken and can still be answered for.
    if (!error || error.code === 'untrusted-runtime') clearKeys()
    setOutcome(error ? { kind: 'failed', error, settings: to } : { kind: 'works' })
  }
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (outcome.kind === 'running') return
    setOutcome({ kind: 'none' })
    const texts = textsOf(event.currentTarget, ['endpoint', 'region', 'bucket', 'pathStyle'])
    const read = readBucket({ ...texts, pathStyle: texts.pathStyle !== '' })
    setFaults(read.kind === 'faults' ? read.faults : {})
    if (read.kind === 'read') void send(read.settings, false)
  }
  return (
    <form onSubmit={onSubmit} autoComplete="off" className="grid grid-cols-2 gap-x-2 gap-y-3">
      <TextField
        name="endpoint"
        label={words.endpoint}
        className="col-span-2"
        placeholder={words.endpointHint}
        defaultValue={settings?.endpoint}
        onChange={({ target }) => setEndpoint(target.value)}
        {...fault('endpoint')}
      />
      <TextField name="bucket" label={words.bucket} defaultValue={settings?.bucket} {...fault('bucket')} />
      <TextField
        name="region"
        label={words.region}
        placeholder={words.regionHint}
        defaultValue={settings?.region}
        {...fault('region')}
      />
      <label className="col-span-2 flex items-center gap-2">
        <input
          type="checkbox"
          name="pathStyle"
          defaultChecked={settings?.pathStyle ?? false}
          className="size-3.5 accent-accent"
        />
        {words.pathStyle}
      </label>
      {/* SECURITY: uncontrolled and without a name, so that neither React nor a form's data holds what is typed. */}
      <TextField
        ref={idField}
        label={words.accessKeyId}
        maxLength={1000}
        placeholder={hasKeys ? words.unchanged : lacking}
        {...fault('keys')}
      />
      <TextField
        ref={secretField}
        type="password"
        label={words.secret}
        maxLength={1000}
        placeholder={hasKeys ? words.stored(key.last4) : lacking}
      />
      <div className="col-span-2">
        <KeyKept state={key} />
        {outcome.kind === 'works' && settings ? (
          <output className="mt-1 block text-ok">
            <span aria-hidden>● </span>
            {words.works}
          </output>
        ) : null}
        {outcome.kind === 'failed' && failedField === null ? (
          <KeyRefusal
            error={outcome.error}
            onForget={() => {
              clearKeys()
              setOutcome({ kind: 'none' })
            }}
            onForSession={() => void send(outcome.settings, true)}
          />
        ) : null}
      </div>
      {removing ? (
        <RemoveQuestion
          title={words.removeTitle}
          means={words.removeMeans}
          yes={words.remove}
          no={words.keep}
          remove={remove}
          onEnd={() => setRemoving(false)}
          className="col-span-2"
        />
      ) : null}
      <div className="col-span-2 mt-1 flex items-center justify-end gap-2">
        {settings && !removing ? (
          <Button look="quiet" onClick={() => setRemoving(true)}>
            {words.remove}
          </Button>
        ) : null}
        <Button type="submit" look="primary" busy={outcome.kind === 'running'}>
          {outcome.kind === 'running' ? words.testing : words.test}
        </Button>
      </div>
    </form>
  )
}
