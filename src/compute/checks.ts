import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { MEMORY, MEMORY_WITH_CAPACITY_PROVIDER, TIMEOUT, TIMEOUT_WITH_CAPACITY_PROVIDER } from '../limits/compute';
import { Range } from '../limits/range';
import { checkSeconds, checkWholeNumber } from '../support/checks';
import { Mistake, mistake } from '../support/errors';
import { isKnown } from '../support/tokens';

const CAPACITY_PROVIDER_DOCS = 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html';

/** Refuses memory and timeouts that no function can have. */
export function checkCompute(scope: IConstruct, props: lambda.FunctionOptions): void {
  checkWholeNumber(scope, props.memorySize, MEMORY_WITH_CAPACITY_PROVIDER, {
    code: 'MemorySizeOutOfRange',
    property: 'memorySize',
    fix: `Lambda has ${MEMORY.min} to ${MEMORY.max} MB, and up to ${MEMORY_WITH_CAPACITY_PROVIDER.max} MB with a capacity provider`,
  });
  checkSeconds(scope, props.timeout, TIMEOUT_WITH_CAPACITY_PROVIDER, {
    code: 'TimeoutOutOfRange',
    property: 'timeout',
    fix: `Lambda stops a function after at most ${TIMEOUT.max} seconds; split the work, or hand it to Step Functions`,
  });
}

/** What depends on a capacity provider, which may be added after the function. Returns messages, as the CDK asks for. */
export function checkComputeAtSynth(fn: lambda.Function, props: lambda.FunctionOptions): string[] {
  const resource = fn.node.defaultChild as lambda.CfnFunction;
  if (resource.capacityProviderConfig !== undefined) return [];
  const seconds = props.timeout?.isUnresolved() ? undefined : props.timeout?.toSeconds();
  return [
    ...tooMuch(fn, MEMORY, props.memorySize, { code: 'MemorySizeNeedsCapacityProvider', property: 'memorySize' }),
    ...tooMuch(fn, TIMEOUT, seconds, { code: 'TimeoutNeedsCapacityProvider', property: 'timeout' }),
  ];
}

function tooMuch(fn: lambda.Function, { max, unit }: Range, got: number | undefined, what: Pick<Mistake, 'code' | 'property'>): string[] {
  if (!isKnown(got) || got <= max) return [];
  return [mistake(fn, {
    ...what,
    allowed: `at most ${max} ${unit} without a capacity provider`,
    got,
    fix: `lower it, or run the function on Lambda Managed Instances (${CAPACITY_PROVIDER_DOCS})`,
  }).message];
}
