/* eslint-disable no-bitwise -- access flags */

/**
 * What a Java class file says of its class. Read here, since what is needed is few fields, and java-class-tools, the parser
 * that npm has, makes objects of the whole file, the code of all methods too.
 *
 * @see https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html
 */
export interface ClassFile {
  /** Oldest Java version that loads it. */
  readonly java: number;

  /** Names with slashes: `com/example/Orders`. */
  readonly name: string;
  readonly superName?: string;
  readonly interfaces: readonly string[];
  readonly isAbstract: boolean;
  readonly methods: readonly Method[];
}

export interface Method {
  readonly name: string;

  /** Types of the parameters and of the result: `(Ljava/lang/String;I)V`. */
  readonly descriptor: string;
  readonly isPublic: boolean;
  readonly isStatic: boolean;

  /** Whether the compiler made it. */
  readonly isSynthetic: boolean;
}

const PUBLIC = 0x0001;
const STATIC = 0x0008;
const ABSTRACT = 0x0400;
const SYNTHETIC = 0x1000;

/** The version of class files of Java 1.0 is 44, and one more for each release. */
const BEFORE_JAVA_1 = 44;

/** What is in a class file; `undefined` if it is none, or cut. */
export function readClassFile(bytes: Buffer): ClassFile | undefined {
  try {
    return bytes.readUInt32BE(0) === 0xcafebabe ? readClass(new Reader(bytes)) : undefined;
  } catch {
    return undefined; // beyond the end of the file, or an entry that is not there
  }
}

/** What a class names, whatever it does with it. */
export interface Named {
  /** All of its texts: names, types, literals. */
  readonly texts: readonly string[];

  /** Names of classes, with slashes. */
  readonly classes: readonly string[];
}

/** What a class file names; `undefined` if it is none, or cut. */
export function readNamed(bytes: Buffer): Named | undefined {
  try {
    if (bytes.readUInt32BE(0) !== 0xcafebabe) return undefined;
    const reader = new Reader(bytes);
    reader.skip(8);
    return readConstants(reader).all();
  } catch {
    return undefined; // as above
  }
}

function readClass(reader: Reader): ClassFile {
  reader.skip(6);
  const java = reader.short() - BEFORE_JAVA_1;
  const names = readConstants(reader);
  const access = reader.short();
  const name = names.ofClass(reader.short());
  const superIndex = reader.short();
  const interfaces = reader.list(() => names.ofClass(reader.short()));
  reader.list(() => readMember(reader, names)); // fields
  const methods = reader.list(() => readMember(reader, names));
  const superName = superIndex === 0 ? undefined : names.ofClass(superIndex);
  return { java, name, superName, interfaces, isAbstract: (access & ABSTRACT) !== 0, methods };
}

function readMember(reader: Reader, names: Names): Method {
  const access = reader.short();
  const name = names.text(reader.short());
  const descriptor = names.text(reader.short());
  reader.list(() => {
    reader.skip(2);
    reader.skip(reader.int());
  });
  return { name, descriptor, isPublic: (access & PUBLIC) !== 0, isStatic: (access & STATIC) !== 0, isSynthetic: (access & SYNTHETIC) !== 0 };
}

interface Names {
  text(index: number): string;
  ofClass(index: number): string;
  all(): Named;
}

const UTF8 = 1;
const CLASS = 7;
/** Bytes of the constants that are not looked at, by tag. */
const LENGTHS = new Map([
  [3, 4], [4, 4], [5, 8], [6, 8], [8, 2], [9, 4], [10, 4], [11, 4], [12, 4], [15, 3], [16, 2], [17, 4], [18, 4], [19, 2], [20, 2],
]);
/** Constants that take two places: long and double. */
const WIDE = [5, 6];

function readConstants(reader: Reader): Names {
  const texts = new Map<number, string>();
  const classes = new Map<number, number>();
  const count = reader.short();
  for (let index = 1; index < count; index++) {
    const tag = reader.byte();
    if (tag === UTF8) texts.set(index, reader.text(reader.short()));
    else if (tag === CLASS) classes.set(index, reader.short());
    else reader.skip(known(LENGTHS.get(tag)));
    if (WIDE.includes(tag)) index++;
  }
  const text = (index: number) => known(texts.get(index));
  return {
    text,
    ofClass: (index) => text(known(classes.get(index))),
    all: () => ({ texts: [...texts.values()], classes: [...classes.values()].map(text) }),
  };
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('no such constant');
  return value;
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  public byte(): number {
    return this.bytes.readUInt8(this.at++);
  }

  public short(): number {
    this.at += 2;
    return this.bytes.readUInt16BE(this.at - 2);
  }

  public int(): number {
    this.at += 4;
    return this.bytes.readUInt32BE(this.at - 4);
  }

  public text(length: number): string {
    this.skip(length);
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  public skip(length: number): void {
    this.at += length;
    if (this.at > this.bytes.length) throw new RangeError('cut');
  }

  public list<T>(read: () => T): T[] {
    return Array.from({ length: this.short() }, read);
  }
}
