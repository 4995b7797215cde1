import { alias, CODE_DEPLOY, numberOf, ORDERS, shifted, version, weighted } from './examples';
import { routings, VersionName } from '../../model/releases';
import type { Resource } from '../../model/resource';
import { JsonObject } from '../../model/template';
import { trafficShifts } from '../../model/traffic-shifts';
import { Rule } from '../rule';

const retained = (policy: string): JsonObject => ({ ...version(), DeletionPolicy: policy });

export const shiftedVersionsAreRetained: Rule = {
  id: 'shifted-versions-are-retained',
  title: 'Versions between which traffic is shifted outlive their place in the template',
  severity: 'warning',
  why: 'CloudFormation deletes the old version when a deployment is done: nothing is left to roll back to, and its number is never used again',
  fix: 'retain it: `currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN }`, and delete versions that are too old',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html',
  since: '0.1.0',

  valid: [
    { title: 'CodeDeploy shifts to a version that is retained', resources: { Orders: ORDERS, V1: retained('Retain'), Live: shifted(), ...CODE_DEPLOY } },
    { title: 'retained but for the first deployment', resources: { Orders: ORDERS, V1: retained('RetainExceptOnCreate'), Live: weighted('7', [numberOf('V1'), 0.1]) } },
    { title: 'nothing is shifted', resources: { Orders: ORDERS, V1: version(), Live: alias(numberOf('V1')) } },
    { title: 'a version that a parameter names', resources: { Orders: ORDERS, V1: version(), Live: weighted({ Ref: 'Stable' }, [{ Ref: 'Canary' }, 0.1]) } },
  ],
  invalid: [
    { title: 'CodeDeploy shifts to a version that goes', at: 'V1/DeletionPolicy', resources: { Orders: ORDERS, V1: version(), Live: shifted(), ...CODE_DEPLOY } },
    { title: 'weights are of a version that goes', at: 'V1/DeletionPolicy', resources: { Orders: ORDERS, V1: retained('Delete'), Live: weighted('7', [numberOf('V1'), 0.1]) } },
  ],

  * check(app) {
    const byCodeDeploy = new Set(trafficShifts(app).map((shift) => shift.alias));
    const versions = new Map<Resource, Resource>();
    for (const { alias: owner, version: first, weights } of routings(app)) {
      if (weights.length === 0 && !byCodeDeploy.has(owner)) continue;
      for (const resource of [first, ...weights.map((weight) => weight.version)].flatMap(publishedHere)) versions.set(resource, owner);
    }
    for (const [resource, owner] of versions) {
      const policy = resource.deletionPolicy;
      if (policy.kind === 'unknown' || (policy.kind === 'known' && policy.value.startsWith('Retain'))) continue;
      yield { resource, path: 'DeletionPolicy', message: `the deletion policy of a version that alias ${owner.label} shifts traffic to or from must be Retain, got ${policy.kind === 'known' ? policy.value : 'none'}` };
    }
  },
};

function publishedHere(name: VersionName): Resource[] {
  return name.kind === 'published' ? [name.version] : [];
}
