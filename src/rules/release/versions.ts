import { AppModel } from '../../model/app';
import { Resource } from '../../model/resource';

/** What there is of a version. */
export interface AliasedVersion {
  readonly alias: Resource;
  readonly version: Resource;
  readonly fn: Resource;
}

/** Versions that an alias sends its traffic to, in the template of their function. */
export function aliasedVersions(app: AppModel): AliasedVersion[] {
  return app.ofType('AWS::Lambda::Alias').flatMap((alias) => {
    const version = alias.reference('FunctionVersion')?.resource;
    const fn = version?.reference('FunctionName')?.resource;
    const complete = version?.type === 'AWS::Lambda::Version' && fn?.type === 'AWS::Lambda::Function' && fn.stack === version.stack;
    return complete ? [{ alias, version, fn }] : [];
  });
}

/** The CDK gives the current version of a function an id that ends in a hash of the function. */
export function hasHashedId({ logicalId }: Resource): boolean {
  return /[0-9a-f]{32}$/.test(logicalId);
}
