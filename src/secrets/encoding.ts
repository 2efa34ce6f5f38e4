/** Detects UTF-16, which Windows editors and PowerShell write. Read as UTF-8, such a file is unreadable. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const pairs = Math.floor(bytes.length / 2);
  // Without a byte order mark: in UTF-16, every second byte of plain letters is zero. A few bytes are not enough to
  // decide.
  const zeros = [0, 1].map((parity) => zerosAt(parity, bytes) / pairs);
  return pairs >= 4 && Math.max(...zeros) > 1 / 2 && Math.min(...zeros) < 1 / 8;
}

function zerosAt(parity: number, bytes: Uint8Array): number {
  return bytes.filter((byte, index) => byte === 0 && index % 2 === parity).length;
}
