import { DefaultTokenResolver, IResolvable, IResolveContext, Lazy, StringConcat, Tokenization } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

let readers = 0;

/** Whether constructs are only being read: what is done once, such as bundling code, is not to be done now. */
export function isBeingRead(): boolean {
  return readers > 0;
}

/**
 * Reads constructs as if they were synthesized now, and leaves them as they are: what the CDK keeps of a synthesis is let go again, so that
 * the next one starts afresh. It keeps the values of `Lazy.string()` and the like, statements that nobody may change any more, and statements
 * that it merged. No construct can be added meanwhile.
 *
 * There is no means of the CDK for that. Whoever calls this asks `canBeRead()` before.
 *
 * @param root the constructs, which are read within the call
 * @param names what to put in the place of some lazy values, unseen
 */
export function read<T>(root: IConstruct, names: ReadonlyMap<IResolvable, string>, how: () => T): T {
  const lazies = prototypeOfLazies();
  const restore = [
    ...lazies ? [override(lazies, 'resolve', { value: forgetful(lazies.resolve, names) })] : [],
    override(PolicyDocument.prototype, 'resolve', { value: onCopies(PolicyDocument.prototype.resolve) }),
    override(root.node, 'locked', { value: true }),
  ];
  readers++;
  try {
    return how();
  } finally {
    readers--;
    // in case somebody who is read reads, too
    restore.reverse().forEach((back) => back());
  }
}

/** Whether this CDK keeps its values where we know of, tried out: another one may do it otherwise. */
export function canBeRead(root: IConstruct): boolean {
  if (!prototypeOfLazies()) return false;
  let count = 0;
  const produce = () => ++count;
  const text = () => `${produce()}`;
  const lazies = [Lazy.any({ produce }), Lazy.number({ produce }), Lazy.string({ produce: text }), Lazy.list({ produce: () => [text()] })];
  const statements = ['a', 'b'].map((name) => new PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${name}`] }));
  const document = new PolicyDocument({ statements, minimize: true });
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved = (value: unknown) => JSON.stringify(Tokenization.resolve(value, { scope: root, resolver }));
  const readings = read(root, new Map(), () => [resolved(document), ...lazies.map((lazy) => [resolved(lazy), resolved(lazy)])]);
  const isSeen = readings.flat().length === new Set(readings.flat()).size;
  return isSeen && document.statementCount === 2 && statements.every(({ frozen }) => !frozen);
}

interface Lazies { resolve(context: IResolveContext): unknown }

/** Where all lazy values of the CDK have the method that keeps what it was told. */
function prototypeOfLazies(): Lazies | undefined {
  const base: Lazies | null = Object.getPrototypeOf(Object.getPrototypeOf(Lazy.uncachedAny({ produce: () => undefined })));
  return base && Object.hasOwn(base, 'resolve') && typeof base.resolve === 'function' ? base : undefined;
}

/** The method, after which the value has what it had before: one that was kept already stays. */
function forgetful(resolve: Lazies['resolve'], names: ReadonlyMap<IResolvable, string>): Lazies['resolve'] {
  return function (this: Lazies & IResolvable, context) {
    const name = names.get(this);
    if (name !== undefined) return name;
    const before = { ...this };
    try {
      return resolve.call(this, context);
    } finally {
      Object.assign(this, before);
    }
  };
}

/** The method, called with a document whose statements may be closed and merged: they are not the ones that people have. */
function onCopies(resolve: PolicyDocument['resolve']): PolicyDocument['resolve'] {
  return function (this: PolicyDocument, context) {
    const { statements } = this as unknown as { readonly statements?: readonly PolicyStatement[] };
    const copied = { value: statements?.map((statement) => Object.create(statement)) };
    return resolve.call(statements ? Object.create(this, { statements: copied }) : this, context);
  };
}

/** Puts something in the place of a member, until the returned function is called. */
function override(target: object, member: string, by: PropertyDescriptor): () => void {
  const before = Object.getOwnPropertyDescriptor(target, member);
  Object.defineProperty(target, member, { ...by, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(target, member, before);
    else Reflect.deleteProperty(target, member);
  };
}
