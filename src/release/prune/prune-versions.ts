import { CfnDeletionPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { PruneProvider } from './prune-provider';
import { mistake } from '../../support/errors';
import { retainUnlessSaid } from '../aliases/live-alias';

/** Deletes old versions of a function with each new one, but the newest and those that something uses (ADR 18). */
export function pruneVersions(owner: IConstruct, fn: lambda.Function, keepVersions: number): void {
  retain(owner, fn, keepVersions);
  PruneProvider.of(Stack.of(fn)).prune(fn, keepVersions);
}

/** Versions that CloudFormation deletes itself, with the next one, are none to keep. */
function retain(owner: IConstruct, fn: lambda.Function, keepVersions: number): void {
  const version = fn.currentVersion.node.defaultChild as lambda.CfnVersion;
  if (version.cfnOptions.deletionPolicy === CfnDeletionPolicy.DELETE) {
    throw mistake(owner, {
      code: 'VersionsNotRetained',
      property: 'keepVersions',
      allowed: 'left out when the removal policy of versions is DESTROY, with which CloudFormation keeps one only',
      got: keepVersions,
      fix: "drop the removal policy from 'currentVersionOptions'",
    });
  }
  retainUnlessSaid(fn);
}
