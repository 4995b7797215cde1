import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * Who may invoke, or may not: a `lambda.Permission` with any condition.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export interface InvokeStatement extends lambda.Permission {
  /**
   * Conditions in the form of IAM: `{ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } }`; each key has a value or a
   * list of values.
   *
   * `ResourcePolicyMode.PERMISSIONS` knows only those that `lambda.Permission` has properties for, with one value; any
   * other is refused there.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
   * @default - the conditions of the other properties and of the principal
   */
  readonly conditions?: { readonly [operator: string]: any };

  /**
   * Let a service invoke on behalf of any resource of any account: no `aws:SourceArn` and no `aws:SourceAccount` is
   * added to a statement that has none.
   *
   * Anyone who may configure that service, in any account, can then invoke the function through it.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   * @default false
   */
  readonly anySource?: boolean;
}
