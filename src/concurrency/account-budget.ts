/** What an app takes of the concurrency of one account in one Region. Other functions of the account are not in it. */
export interface AccountBudget {
  /**
   * The account.
   *
   * @default - any: the stacks do not fix it
   */
  readonly account?: string;

  /**
   * The Region.
   *
   * @default - any: the stacks do not fix it
   */
  readonly region?: string;

  /**
   * Concurrent executions that the account has in the Region: the context says so, or it is AWS's default of 1,000. New accounts
   * begin with 10 or 50.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   */
  readonly quota: number;

  /** Whether the quota is AWS's default because the context says nothing. */
  readonly isDefaultQuota: boolean;

  /** What Lambda makes an account leave unreserved: 100, or the whole quota where that is less. */
  readonly floor: number;

  /** Sum of all reservations. */
  readonly reserved: number;

  /** Provisioned concurrency of functions without a reservation. That of the others is a part of their reservation. */
  readonly provisioned: number;

  /** What is left to functions without a reservation: less than `floor`, or than 0, if Lambda refuses something. */
  readonly unreserved: number;

  /** The same when Application Auto Scaling has raised all provisioned concurrency to its maximum. */
  readonly unreservedAtLeast: number;

  /** How many functions share what is unreserved. */
  readonly sharing: number;

  /** By how much all of it is too much for the account: 0 if it is not. */
  readonly excess: number;

  /** Whether Lambda accepts all of it in an account without other functions, each function's provisioned concurrency within its reservation. */
  readonly fits: boolean;

  /** Whether all amounts are known. Otherwise they may be larger, for the deployment decides some: a parameter, a condition, an import. */
  readonly isComplete: boolean;

  /** The functions, in the order of the construct tree. */
  readonly functions: FunctionBudget[];
}

/** What one function takes of its account's concurrency. */
export interface FunctionBudget {
  /** Construct path of the function. */
  readonly path: string;

  /**
   * Its reservation: 0 switches the function off.
   *
   * @default - the function shares what is unreserved, or only the deployment knows
   */
  readonly reserved?: number;

  /** Provisioned concurrency of all its aliases and versions. */
  readonly provisioned: number;

  /** The same when Application Auto Scaling has raised it to its maximum. */
  readonly provisionedAtMost: number;

  /** Whether all these amounts are known. */
  readonly isComplete: boolean;
}
