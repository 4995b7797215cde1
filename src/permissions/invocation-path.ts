/** By what right a function is invoked. */
export enum InvocationKind {
  /** A service, an account or a role invokes it, by a statement of its resource policy. */
  PUSH = 'push',

  /** Lambda polls a source on its behalf, by an event source mapping and what the execution role may read. */
  PULL = 'pull',

  /** A role or user of this app invokes it, by a policy of its own; or, for a custom resource, whoever deploys the stack. */
  IDENTITY = 'identity',
}

/** One way in which a function is invoked: who calls, for what source, by which statement, on which qualifier. */
export interface InvocationPath {
  /** By what right. */
  readonly kind: InvocationKind;

  /**
   * Who calls: a service, an account, an ARN, the construct path of a role or user of this app, or
   * `whoever deploys` and the path of a stack. An ARN may be a token.
   */
  readonly caller: string;

  /**
   * ARN of the source, or a pattern of it. A token where the deployment decides it.
   *
   * @default - any source that the caller has
   */
  readonly source?: string;

  /**
   * Account that the source must be in.
   *
   * @default - the account is in the ARN of the source, or any will do
   */
  readonly sourceAccount?: string;

  /** Name of the alias that is invoked. */
  readonly qualifier: string;

  /** Construct path of the permission, the mapping, the policy of the role, or the custom resource. */
  readonly statement: string;
}
