import { alias, CURRENT, numberOf, ORDERS, version } from './version-examples';
import { aliasedVersions, hasHashedId } from './versions';
import { isThere } from '../../model/presence';
import { Resource } from '../../model/resource';
import { Rule } from '../rule';

const PATHS = { Version: 'Shop/Version/Resource', Version7: 'Shop/Version7/Resource', [CURRENT]: 'Shop/Orders/CurrentVersion/Resource' };

const SHARE = { RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: numberOf('Version'), FunctionWeight: 0.1 }] } };

export const versionIsPublishedAnew: Rule = {
  id: 'version-is-published-anew',
  title: 'The version behind an alias is one that each change of the function publishes',
  severity: 'warning',
  why: 'CloudFormation publishes a version once: when the function changes, a version whose id and properties stay is not published again, and the alias keeps serving the old code',
  fix: 'point the alias at `fn.currentVersion`, whose id changes with the function, or let an `EventFunction` make both',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html',
  since: '0.1.0',

  valid: [
    { title: 'the current version', constructPaths: PATHS, resources: { Orders: ORDERS, [CURRENT]: version(), Live: alias(numberOf(CURRENT)) } },
    { title: 'a description of each release', constructPaths: PATHS, resources: { Orders: ORDERS, Version: version({ Description: 'release 7' }), Live: alias(numberOf('Version')) } },
    { title: 'an id that may be numbered', constructPaths: PATHS, resources: { Orders: ORDERS, Version7: version(), Live: alias(numberOf('Version7')) } },
    { title: 'a template that no CDK app made', resources: { Orders: ORDERS, Version: version(), Live: alias(numberOf('Version')) } },
    { title: 'no alias', constructPaths: PATHS, resources: { Orders: ORDERS, Version: version() } },
    { title: 'a hash of the code', constructPaths: PATHS, resources: { Orders: ORDERS, Version: version({ CodeSha256: { Ref: 'Sha' } }), Live: alias(numberOf('Version')) } },
    { title: 'an old version that gets a share', constructPaths: PATHS, resources: { Orders: ORDERS, [CURRENT]: version(), Version: version(), Live: alias(numberOf(CURRENT), SHARE) } },
  ],
  invalid: [
    { title: 'the id is always the same', at: 'Version/Properties', constructPaths: PATHS, resources: { Orders: ORDERS, Version: version(), Live: alias(numberOf('Version')) } },
    { title: 'the id is always the same, in a nested construct', at: 'Version/Properties', constructPaths: { Version: 'Shop/V2/Api/Version/Resource' }, resources: { Orders: ORDERS, Version: version(), Live: alias(numberOf('Version')) } },
  ],

  * check(app) {
    const aliased = new Set(aliasedVersions(app).map(({ version: resource }) => resource));
    for (const resource of aliased) {
      if (!isConstant(resource) || mayBeReplaced(resource)) continue;
      yield { resource, path: 'Properties', message: `the id of a version behind an alias must be one that changes with the function, got ${resource.logicalId} for all of them` };
    }
  },
};

/** Whether the app gives a version the same id each time. An id with a number in it may be another one tomorrow. */
function isConstant(resource: Resource): boolean {
  const path = resource.stack.constructPath(resource.logicalId);
  const id = path?.replace(/\/Resource$/, '').split('/').pop();
  return id !== undefined && !/\d/.test(id) && !hasHashedId(resource);
}

/** Whether the app may replace it by another value of a property. */
function mayBeReplaced(resource: Resource): boolean {
  return ['Description', 'CodeSha256', 'RuntimePolicy'].some((property) => isThere(resource, property) !== false);
}
