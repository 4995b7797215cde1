import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** Id of the construct that holds what a release makes. */
export const RELEASE_ID = 'Release';

/** An alias that releases go to. */
export interface ReleaseTarget {
  /** The construct that the alias belongs to: what a release makes is below it, and mistakes are reported there. */
  readonly scope: Construct;
  readonly fn: lambda.Function;
  readonly alias: lambda.Alias;
  /** What the alias was made with. */
  readonly aliasOptions?: lambda.AliasOptions;
}
