import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { isObject, Json, SaidQuota } from '../model/template';

/** What an app with one of our functions leaves in the metadata of a stack: its quotas, for all stacks. */
export const DECLARED_QUOTAS = 'cdk-event-functions:quotas';

/** The quotas that the metadata of a stack tells. Metadata is anybody's: all of it is checked. */
export function readDeclaredQuotas(artifact: CloudFormationStackArtifact): SaidQuota[] {
  return artifact.findMetadataByType(DECLARED_QUOTAS).flatMap(({ data }) => {
    const json = data as Json | undefined;
    return Array.isArray(json) ? json.flatMap(readQuota) : [];
  });
}

function readQuota(json: Json): SaidQuota[] {
  if (!isObject(json) || json.quota === undefined || json.quota === null) return [];
  const { account, region, quota } = json;
  return [{ quota, ...typeof account === 'string' && { account }, ...typeof region === 'string' && { region } }];
}
