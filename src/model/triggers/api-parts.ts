import { textOfProperty, unknownIn } from './source';
import { Text, textOf } from '../iam/text';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';

/**
 * The ARNs that API Gateway names as the source of a call, one per stage of the API: any of them is a call that comes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function callsOfApi(resource: Resource, apiProperty: string | undefined, call: Text): Text[] {
  const { stack } = resource;
  const api = apiProperty === undefined ? resource : resource.reference(apiProperty)?.resource;
  const apiId = apiProperty === undefined ? textOf({ Ref: resource.logicalId }, stack) : textOfProperty(resource, apiProperty);
  const names = (api && stages(stack.app).get(api)) ?? [[unknownIn(resource, 'stage')]];
  const before = (api ?? resource).stack;
  return names.map((name) => [
    'arn:', ...textOf({ Ref: 'AWS::Partition' }, before), ':execute-api:', ...textOf({ Ref: 'AWS::Region' }, before), ':',
    ...textOf({ Ref: 'AWS::AccountId' }, before), ':', ...apiId, '/', ...name, '/', ...call,
  ]);
}

/** Names of the stages of this app, by their API. */
const stages = oncePerApp((app) => {
  const byApi = new Map<Resource, Text[]>();
  for (const [type, property] of [['AWS::ApiGateway::Stage', 'RestApiId'], ['AWS::ApiGatewayV2::Stage', 'ApiId']]) {
    for (const stage of app.ofType(type)) {
      const api = stage.reference(property)?.resource;
      if (api) byApi.set(api, [...byApi.get(api) ?? [], textOf({ Ref: stage.logicalId }, stage.stack)]);
    }
  }
  for (const deployment of app.ofType('AWS::ApiGateway::Deployment')) {
    const api = deployment.reference('RestApiId')?.resource;
    if (api && deployment.raw('StageName').kind !== 'absent') byApi.set(api, [...byApi.get(api) ?? [], textOfProperty(deployment, 'StageName')]);
  }
  return byApi;
});

/** A path with parameters: what stands in their place is not known. */
export function pathText(path: string, resource: Resource): Text {
  return path.split(/(\{[^}]*\})/).flatMap((piece): Text => piece === '' ? [] : [piece.startsWith('{') ? unknownIn(resource, piece) : piece]);
}

/** An HTTP method; that of `ANY` is the one that the client used. */
export function methodText(method: string, resource: Resource): Text {
  return ['ANY', 'X-AMAZON-APIGATEWAY-ANY-METHOD'].includes(method.toUpperCase()) ? [unknownIn(resource, 'any method')] : [method.toUpperCase()];
}
