import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as nodejs from 'aws-cdk-lib/aws-lambda-nodejs';
import { Construct } from 'constructs';
import { ComposedFunction } from './composed-function';
import { EventFunctionOptions } from './event-function-options';
import { esbuildOptions, isLeftToCdk } from '../code/bundling/bundle-options';
import { BundledCode } from '../code/bundling/bundled-code';
import { checkRuntime, defaultRuntime, reuseConnections } from '../code/bundling/runtimes';
import { findSource } from '../code/bundling/source-files';
import { LayeredFunction } from '../layers/layered-function';
import { LayeredNodejsFunction } from '../layers/layered-nodejs-function';
import { mistake } from '../support/errors';

/**
 * Properties of an event function in TypeScript or JavaScript: all those of `NodejsFunction`, and what the live alias needs.
 *
 * `events`, `onFailure`, `onSuccess`, `maxEventAge` and `retryAttempts` apply to the live alias, and
 * `currentVersionOptions` keeps old versions unless it says otherwise.
 */
export interface NodejsEventFunctionProps extends nodejs.NodejsFunctionProps, EventFunctionOptions {}

/**
 * An event function whose code is bundled from TypeScript or JavaScript by esbuild.
 *
 * A drop-in for `NodejsFunction`: the same id gives the same logical ids. All functions of the app are bundled together when
 * the app is synthesized, and again only after a change; esbuild must be installed in the project. Bundling options that ask
 * for another program (package managers, shell commands, `tsc`, Docker, arguments of the command line) are left to the CDK,
 * which bundles that function when it is made.
 *
 * Without `entry`, the source of `new NodejsEventFunction(this, 'Sync')` in `orders.ts` is `orders.Sync.ts` beside it.
 * Languages other than TypeScript and JavaScript name the `entry`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-typescript.html
 * @resource AWS::Lambda::Alias
 * @example
 * import * as lambda from 'aws-cdk-lib/aws-lambda';
 * import { NodejsEventFunction } from 'cdk-event-functions';
 *
 * const orders = new NodejsEventFunction(this, 'Orders', {
 *   entry: 'src/orders.ts',
 *   runtime: lambda.Runtime.NODEJS_22_X,
 *   bundling: { minify: true, sourceMap: true },
 * });
 */
export class NodejsEventFunction extends ComposedFunction {
  constructor(scope: Construct, id: string, props: NodejsEventFunctionProps = {}) {
    super(scope, id, props);
  }

  /** @internal */
  protected _makeFunction(id: string, props: nodejs.NodejsFunctionProps): lambda.Function {
    const runtime = props.runtime ?? defaultRuntime(this);
    checkRuntime(this, runtime);
    if (props.code) return this.around(props.code, id, { ...props, runtime });
    const source = findSource(this, props, NodejsEventFunction);
    // That one sets the variable for connections itself.
    if (isLeftToCdk(props.bundling)) return new LayeredNodejsFunction(this, id, { ...props, ...source, runtime });
    const options = esbuildOptions(this, runtime, source.projectRoot, props.bundling);
    const code = new BundledCode({ ...source, options, bundling: props.bundling });
    const handler = props.handler ?? 'handler';
    return this.around(code, id, { ...props, runtime, handler: handler.includes('.') ? handler : `index.${handler}` });
  }

  private around(code: lambda.Code, id: string, props: nodejs.NodejsFunctionProps & { readonly runtime: lambda.Runtime }): lambda.Function {
    const { runtime, handler } = props;
    if (handler === undefined) {
      throw mistake(this, {
        code: 'HandlerMissing', property: 'handler', allowed: "given together with 'code'", got: undefined, fix: "name the file and the function, such as 'index.handler'",
      });
    }
    const fn = new LayeredFunction(this, id, { ...props, code, runtime, handler });
    reuseConnections(fn, runtime, props.awsSdkConnectionReuse);
    return fn;
  }
}
