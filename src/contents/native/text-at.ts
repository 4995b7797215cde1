/** A text that ends with a zero byte, or after a number of bytes; `undefined` where the file is cut. */
export function textAt(bytes: Buffer, start: number, length: number): string | undefined {
  if (start + length > bytes.length) return undefined;
  const text = bytes.toString('utf8', start, start + length);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
