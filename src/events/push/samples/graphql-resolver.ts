/** @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html */
export function graphqlResolverEvent(typeName = 'Query', fieldName = 'getPost') {
  return {
    arguments: { id: '1234' } as { [name: string]: unknown },
    identity: null,
    source: null,
    request: {
      headers: {
        'accept': 'application/json, text/plain, */*',
        'content-type': 'application/json',
        'host': 'example1234567890000.appsync-api.us-west-2.amazonaws.com',
        'user-agent': 'Mozilla/5.0',
        'x-forwarded-for': '192.0.2.1',
        'x-forwarded-proto': 'https',
      },
      domainName: null,
    },
    prev: null,
    info: {
      selectionSetList: ['postId', 'title', 'content', 'author', 'author/id', 'author/name'],
      selectionSetGraphQL: '{\n  postId\n  title\n  content\n  author {\n    id\n    name\n  }\n}',
      fieldName,
      parentTypeName: typeName,
      variables: {},
    },
    stash: {},
  };
}
