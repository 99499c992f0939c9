/** The rules that can be broken on purpose, and what is done instead. */
export const rules = {
  'no-intent-row': 'the submit is neither in the row nor in submits.log before the request',
  'no-submit-log': 'submits.log stays empty, and an older engine.db is put back',
  'resend-on-5xx': 'an answer of 500 to 599 to a submit is followed by the same submit',
  'resend-on-lost-socket': 'a submit whose connection broke is sent again',
  'http2-submits': 'submits go over HTTP/2, which repeats a stream that was refused',
  'unknown-as-failed': 'an unclear answer to a submit is shown as failed, nothing charged',
  'new-idempotency-key': 'the same submit goes again under another Idempotency-Key',
  'attach-by-time': 'a listed job of about the right time is taken for ours',
  'forget-remote-id': 'the remote id is not written down',
  'recover-submitting-as-waiting': 'a start puts what was being sent back into the queue',
  'move-before-sidecar': 'the clip moves to its place before its sidecar is there',
  'write-in-place': 'the clip is written under its final name instead of being linked to it',
  'row-before-file': 'the job is done before its file is in place',
  'no-last-packet': 'a clip is taken without a look at its end',
  'no-ledger-reserve': 'the submit reserves no money',
  'refund-not-booked': 'a job that ended free of charge stays charged',
  'delete-undelivered': 'a start forgets jobs whose clip could not be fetched',
  'no-bucket-row': 'an object in the bucket is written down only when it is there',
  'forget-undeleted-object': 'an object that could not be deleted is forgotten',
  'leave-lost-objects': 'what a lost engine.db knew of the bucket is not looked for there',
  'repeat-without-idempotency': 'a submit is repeated where the platform has no idempotency',
  'find-another': 'what a platform finds by another id of ours is taken for this job',
  'other-dialect': 'a submit that found no address goes to that of the other dialect',
  'unknown-expires': 'a start takes an unknown outcome for a failure, nothing charged',
} as const

export type Rule = keyof typeof rules

/** Their names, in the order of the table. */
// Object.keys forgets which names there are.
export const ruleNames = Object.keys(rules) as readonly Rule[]
