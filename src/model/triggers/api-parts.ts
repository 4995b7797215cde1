import { anyIn, textOfProperty, unknownIn } from './source';
import { literal, Piece, Text, textOf } from '../iam/text';
import { oncePerApp } from '../once-per-app';
import type { Resource } from '../resource';

/**
 * The ARNs that API Gateway names as the source of a call, one per stage of the API: any of them is a call that comes.
 * A call that may be written in several ways has one for each.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function callsOfApi(resource: Resource, apiProperty: string | undefined, calls: readonly Text[]): Text[] {
  const { stack } = resource;
  const api = apiProperty === undefined ? resource : resource.reference(apiProperty)?.resource;
  const apiId = apiProperty === undefined ? textOf({ Ref: resource.logicalId }, stack) : textOfProperty(resource, apiProperty);
  const names = (api && stages(stack.app).get(api)) ?? [[unknownIn(resource, 'stage')]];
  const before = (api ?? resource).stack;
  return calls.flatMap((call) => names.map((name) => [
    'arn:', ...textOf({ Ref: 'AWS::Partition' }, before), ':execute-api:', ...textOf({ Ref: 'AWS::Region' }, before), ':',
    ...textOf({ Ref: 'AWS::AccountId' }, before), ':', ...apiId, '/', ...name, '/', ...call,
  ]));
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

/**
 * Method and path of a call. In place of parameters, and of `ANY` method, there is what the client sent: all of that must
 * be permitted. Whether API Gateway names them so or as they are written, sources disagree.
 */
export function methodAndPath(method: Text, path: Text, resource: Resource): Text[] {
  const upper = method.map((piece) => typeof piece === 'string' ? piece.toUpperCase() : piece);
  const isAny = ['ANY', 'X-AMAZON-APIGATEWAY-ANY-METHOD'].includes(literal(upper) ?? '');
  const methods: Text[] = isAny ? [[anyIn(resource, 'method')], ['ANY']] : [upper];
  const hasParameters = path.some((piece) => typeof piece === 'string' && piece.includes('{'));
  const paths = hasParameters ? [path.flatMap((piece) => withValues(piece, resource)), path] : [path];
  return methods.flatMap((one) => paths.map((other) => [...one, ...other]));
}

function withValues(piece: Piece, resource: Resource): Text {
  if (typeof piece !== 'string') return [piece];
  return piece.split(/(\{[^}]*\})/).flatMap((part): Text => part === '' ? [] : [part.startsWith('{') ? anyIn(resource, part) : part]);
}
