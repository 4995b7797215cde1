import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { logGroupArn } from './permissions-of-its-own';
import { manageNetworkInterfaces, runDurably, sendTraces, writeInsights, writeLogs } from '../role/statements';

/** What a function that is there already needs its role for, as far as its configuration tells. */
export function needsOf(fn: lambda.Function): iam.PolicyStatement[] {
  const { durableConfig, loggingConfig, tracingConfig } = fn.node.defaultChild as lambda.CfnFunction;
  return [
    writeLogs(logGroupArn(fn, (loggingConfig as lambda.CfnFunction.LoggingConfigProperty | undefined)?.logGroup)),
    ...fn.isBoundToVpc ? [manageNetworkInterfaces()] : [],
    ...tracingConfig ? [sendTraces()] : [],
    ...durableConfig ? [runDurably(fn.functionArn)] : [],
    // The id that the CDK gives to the layer of the extension.
    ...fn.node.tryFindChild('LambdaInsightsLayer') ? [writeInsights(Stack.of(fn))] : [],
    ...deadLetters(fn),
  ];
}

function deadLetters({ deadLetterQueue, deadLetterTopic }: lambda.Function): iam.PolicyStatement[] {
  return [
    ...deadLetterQueue ? [new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetterQueue.queueArn] })] : [],
    ...deadLetterTopic ? [new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [deadLetterTopic.topicArn] })] : [],
  ];
}
