import { fn } from './examples';
import { isThere } from '../../model/presence';
import { JsonObject } from '../../model/template';
import { valueOf } from '../../model/value';
import { Finding, Rule } from '../rule';

const VERSION_ARN = 'arn:aws:lambda:eu-west-1::runtime:8b993aab9f05546fb8bbd006aab4afa21b3df8ffc81cb18683800e55613267c7';
const version = (policy: JsonObject): JsonObject => ({ Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Orders' }, RuntimePolicy: policy } });

/** The property that says how a runtime is updated, by type. */
const POLICIES = [['AWS::Lambda::Function', 'RuntimeManagementConfig'], ['AWS::Lambda::Version', 'RuntimePolicy']] as const;

export const runtimeVersionFitsUpdates: Rule = {
  id: 'runtime-version-fits-updates',
  title: 'A version of a runtime is named for manual updates, and for no automatic ones',
  severity: 'fatal',
  why: 'Lambda refuses the function: with manual updates it runs on the version of the runtime that is named, with automatic ones on the latest',
  fix: 'name the version (`RuntimeVersionArn`, which the line INIT_START of the logs tells) with `Manual`, and leave it out with `Auto`',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html',
  answers: [
    'Missing runtime version ARN. A runtime version ARN is required when UpdateRuntimeVersionOn=Manual. Provide a valid runtime version ARN and retry the request.',
    'Unexpected runtime version ARN when UpdateRuntimeVersionOn=Auto. Remove the runtime version ARN and retry the request.',
  ],
  since: '0.1.0',

  valid: [
    { title: 'manual updates', resources: { Orders: fn({ RuntimeManagementConfig: { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: VERSION_ARN } }) } },
    { title: 'automatic updates', resources: { Orders: fn({ RuntimeManagementConfig: { UpdateRuntimeOn: 'Auto' } }), V1: version({ UpdateRuntimeOn: 'FunctionUpdate' }) } },
    { title: 'a parameter that says which', resources: { Orders: fn({ RuntimeManagementConfig: { UpdateRuntimeOn: { Ref: 'Updates' }, RuntimeVersionArn: VERSION_ARN } }) } },
    { title: 'a version, by a condition', resources: { Orders: fn({ RuntimeManagementConfig: { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: { 'Fn::If': ['IsTest', VERSION_ARN, { Ref: 'AWS::NoValue' }] } } }) } },
  ],
  invalid: [
    { title: 'manual updates name no version', at: 'Orders/Properties/RuntimeManagementConfig', resources: { Orders: fn({ RuntimeManagementConfig: { UpdateRuntimeOn: 'Manual' } }) } },
    { title: 'automatic updates name one', at: 'Orders/Properties/RuntimeManagementConfig', resources: { Orders: fn({ RuntimeManagementConfig: { UpdateRuntimeOn: 'Auto', RuntimeVersionArn: VERSION_ARN } }) } },
    { title: 'a version of the function names none', at: 'V1/Properties/RuntimePolicy', resources: { Orders: fn(), V1: version({ UpdateRuntimeOn: 'Manual' }) } },
  ],

  * check(app) {
    for (const [type, property] of POLICIES) {
      for (const resource of app.ofType(type)) {
        const updates = valueOf(resource.text(`${property}.UpdateRuntimeOn`));
        const named = isThere(resource, `${property}.RuntimeVersionArn`);
        const finding = (message: string): Finding => ({ resource, path: `Properties/${property}`, message });
        if (updates === 'Manual' && named === false) yield finding("'RuntimeVersionArn' must be given with manual updates, got none");
        if (updates === 'Auto' && named === true) yield finding("'RuntimeVersionArn' must be left out with automatic updates, got one");
      }
    }
  },
};
