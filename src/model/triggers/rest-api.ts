import { callsOfApi, methodAndPath } from './api-parts';
import { calledFunction } from './called';
import { placesAt } from './places';
import { accountIn, textOfProperty, unknownIn } from './source';
import { serviceTrigger, Trigger } from './trigger';
import type { AppModel } from '../app';
import { Text } from '../iam/text';
import type { Resource } from '../resource';

/** The methods of REST APIs that call functions. With credentials, API Gateway needs no permission. */
export function restApiTriggers(app: AppModel): Trigger[] {
  return app.ofType('AWS::ApiGateway::Method').flatMap((method) => placesAt(method, 'Integration.Uri').flatMap(({ path, json, beside }) => {
    const target = calledFunction(json, method.stack);
    if (!target || beside('Credentials') !== undefined) return [];
    const sources = callsOfApi(method, 'RestApiId', methodAndPath(textOfProperty(method, 'HttpMethod'), pathOf(method), method));
    return [serviceTrigger({ resource: method, path, target }, { principal: 'apigateway.amazonaws.com', sources, account: accountIn(method.stack) })];
  }));
}

/** The path of a method with a slash before it, made of the parts of the resources above it. */
function pathOf(method: Resource): Text {
  const parts: Text[] = [];
  const seen = new Set<Resource>();
  let reference = method.reference('ResourceId');
  while (reference?.exact && reference.resource.type === 'AWS::ApiGateway::Resource' && !seen.has(reference.resource)) {
    parts.unshift(['/', ...textOfProperty(reference.resource, 'PathPart')]);
    seen.add(reference.resource);
    reference = reference.resource.reference('ParentId');
  }
  const isRoot = reference?.exact && reference.resource.type === 'AWS::ApiGateway::RestApi' && reference.attribute === 'RootResourceId';
  const begin: Text = isRoot ? parts.length === 0 ? ['/'] : [] : ['/', unknownIn(method, 'path')];
  return [...begin, ...parts.flat()];
}
