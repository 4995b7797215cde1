import { alias, CURRENT, numberOf, ORDERS, version } from './version-examples';
import { AppModel } from '../../model/app';
import { wiringOf } from '../../model/iam/resource-policy';
import { isThere } from '../../model/presence';
import { Resource } from '../../model/resource';
import { Rule } from '../rule';

const LIVE = alias(numberOf(CURRENT));

export const oneVersionPerChange: Rule = {
  id: 'one-version-per-change',
  title: 'A template publishes one version of a function at a time',
  severity: 'warning',
  why: 'Lambda publishes a function once and refuses the next version until code or configuration change: a stack that makes both at once cannot be deployed, and one that is there already cannot be made a second time',
  fix: 'drop one of them; `fn.currentVersion` is the version of each change, and with `removalPolicy: RETAIN` Lambda keeps the older ones',
  source: 'https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html',
  answers: ['A version for this Lambda function exists ( N ). Modify the function to create a new version.'],
  since: '0.1.0',

  valid: [
    { title: 'one version', resources: { Orders: ORDERS, [CURRENT]: version(), Live: LIVE } },
    { title: 'versions of two functions', resources: { Orders: ORDERS, Bills: ORDERS, First: version(), Second: version({ FunctionName: { Ref: 'Bills' } }) } },
    { title: 'versions of which a condition chooses one', resources: { Orders: ORDERS, First: version({}, { Condition: 'IsTest' }), Second: version({}, { Condition: 'IsProd' }) } },
    { title: 'versions that were published of different code', resources: { Orders: ORDERS, First: version({ CodeSha256: 'a' }), Second: version({ CodeSha256: 'b' }) } },
    { title: 'a version of a function that the deployment names', resources: { Orders: ORDERS, First: version(), Second: version({ FunctionName: { Ref: 'Name' } }) } },
  ],
  invalid: [
    { title: 'there are two versions', at: 'Second/Properties/FunctionName', resources: { Orders: ORDERS, First: version(), Second: version({ Description: 'the same again' }) } },
    { title: 'there is a version beside the current one', at: 'Version/Properties/FunctionName', resources: { Orders: ORDERS, [CURRENT]: version(), Version: version(), Live: LIVE } },
  ],

  * check(app) {
    for (const fn of app.ofType('AWS::Lambda::Function')) {
      const [first, ...more] = publishedTogether(app, fn);
      for (const resource of more) {
        yield { resource, path: 'Properties/FunctionName', message: `a function must be published once per change, got ${resource.logicalId} beside ${first.logicalId}` };
      }
    }
  },
};

/** Versions that are all made when the stack is. */
function publishedTogether(app: AppModel, fn: Resource): readonly Resource[] {
  return wiringOf(app).versions(fn).filter((one) => one.stack === fn.stack && one.condition === undefined && isThere(one, 'CodeSha256') === false);
}
