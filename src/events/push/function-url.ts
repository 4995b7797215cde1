import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PushSourceBase } from './push-source-base';
import { functionUrlEvent } from './samples/function-url';
import { urlOf } from './url-of';
import { FUNCTION_URL } from '../../limits/sources/function-url';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { merged } from '../../support/merge';
import { isKnown } from '../../support/tokens';

/** What the URL of a function is like, and who may call it. */
export interface FunctionUrlSourceOptions extends lambda.FunctionUrlOptions {
  /**
   * Who may call, besides those whose own policies let them: roles, users, accounts, organizations. They sign their requests.
   * At least one, and not with `FunctionUrlAuthType.NONE`, which lets everyone call.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
   * @default - those of this account whose own policies let them
   */
  readonly callers?: iam.IGrantable[];
}

/** The URL that a function has of its own. Made by `PushSource.functionUrl()`. */
export class FunctionUrlPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = FUNCTION_URL;

  /** @internal */
  constructor(private readonly options: FunctionUrlSourceOptions) {
    super();
  }

  /** Called by `addEventSource()`: gives the function its URL, and permits the callers to call it. */
  public bind(target: lambda.IFunction): void {
    const { callers = [], ...options } = this.options;
    this.checkCallers(target);
    this.checkMethods(target);
    this.checkWildcards(target);
    const url = target.addFunctionUrl(options);
    for (const caller of callers) url.grantInvokeUrl(caller);
  }

  /**
   * The URL that a function has from this source or from `addFunctionUrl()`, for outputs and for the settings of clients.
   *
   * @param target the function that the source was added to; fails for one that has no URL
   */
  public urlOf(target: lambda.IFunction): lambda.IFunctionUrl {
    const url = urlOf(target);
    if (url) return url;
    throw mistake(target, {
      code: 'FunctionUrlMissing',
      property: 'target',
      allowed: 'a function that has a URL',
      got: target.node.path,
      fix: 'call addEventSource() of the function with this source before',
    });
  }

  /** @internal */
  protected _sampleEvent(): object {
    const isPublic = this.options.authType === lambda.FunctionUrlAuthType.NONE;
    return isPublic ? merged(functionUrlEvent(), { requestContext: { authorizer: undefined } }) as object : functionUrlEvent();
  }

  private checkCallers(target: lambda.IFunction): void {
    const { callers, authType } = this.options;
    const isPublic = authType === lambda.FunctionUrlAuthType.NONE;
    if (callers === undefined || (callers.length > 0 && !isPublic)) return;
    throw mistake(target, {
      code: isPublic ? 'FunctionUrlCallersOfPublicUrl' : 'FunctionUrlCallersEmpty',
      property: 'callers',
      allowed: isPublic ? 'left out with FunctionUrlAuthType.NONE' : 'at least one caller',
      got: `${callers.length} callers`,
      fix: isPublic ? "leave 'authType' out: everyone may call a URL that does not ask who calls" : 'leave it out for those whose own policies let them call',
    });
  }

  private checkMethods(target: lambda.IFunction): void {
    const { allowedMethods = [] } = this.options.cors ?? {};
    if (!allowedMethods.includes(lambda.HttpMethod.OPTIONS)) return;
    throw mistake(target, {
      code: 'FunctionUrlCorsMethod',
      property: 'cors.allowedMethods',
      allowed: 'methods other than OPTIONS',
      got: allowedMethods,
      fix: 'leave it out: Lambda answers these requests itself',
    });
  }

  /** Lambda refuses a list that has * and others. */
  private checkWildcards(target: lambda.IFunction): void {
    const { allowedOrigins = [], allowedMethods = [] } = this.options.cors ?? {};
    for (const [name, list] of [['allowedOrigins', allowedOrigins], ['allowedMethods', allowedMethods]] as const) {
      if (!list.some((entry) => entry === '*') || !list.some((entry) => entry !== '*' && isKnown(entry))) continue;
      throw mistake(target, {
        code: 'FunctionUrlCorsWildcard',
        property: `cors.${name}`,
        allowed: "'*' alone, or a list without it",
        got: list,
        fix: 'leave the others out if all are allowed',
      });
    }
  }
}
