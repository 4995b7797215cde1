/** The beginning of a Java class file, up to the end of its constants: texts, and names of classes. */
export function classNaming(texts: readonly string[], classes: readonly string[] = []): Buffer {
  const utf8 = [...texts, ...classes].map((text) => Buffer.concat([Buffer.from([1, 0, text.length]), Buffer.from(text)]));
  const references = classes.map((_, index) => Buffer.from([7, 0, texts.length + index + 1]));
  const header = Buffer.from([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 65, 0, utf8.length + references.length + 1]);
  return Buffer.concat([header, ...utf8, ...references]);
}
