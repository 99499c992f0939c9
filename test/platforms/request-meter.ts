/** Type of the records that carry what was encrypted (RFC 8446 §5.1). */
const applicationData = 23

/**
 * Counts what a client of TLS 1.3 sends after its handshake, by the lengths and types of its records: the first
 * encrypted record ends the handshake, all that follows is the request. Gives the number of such bytes in a piece.
 */
export function createRequestMeter(): (piece: Buffer) => number {
  let header = Buffer.alloc(0)
  let left = 0
  let encrypted = 0
  const isRequest = () => encrypted > 1
  return (piece) => {
    let counted = 0
    for (let at = 0; at < piece.length;) {
      if (left > 0) {
        const taken = Math.min(left, piece.length - at)
        if (isRequest()) counted += taken
        left -= taken
        at += taken
        continue
      }
      header = Buffer.concat([header, piece.subarray(at, at + 1)])
      at += 1
      if (header.length < 5) continue
      if (header[0] === applicationData) encrypted += 1
      if (isRequest()) counted += header.length
      left = header.readUInt16BE(3)
      header = Buffer.alloc(0)
    }
    return counted
  }
}
