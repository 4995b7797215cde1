import { Range } from './range';

const PARAMETERS = 'https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html';

/** Events of one batch from a change stream. */
export const CHANGE_BATCH_SIZE: Range = { min: 1, max: 10_000, unit: 'events', source: PARAMETERS };

/** How long Lambda gathers events of a change stream for a batch. */
export const CHANGE_BATCHING_WINDOW: Range = { min: 0, max: 300, unit: 'seconds', source: PARAMETERS };

/**
 * What the names of a database and of a collection may be for Lambda.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_DocumentDBEventSourceConfig.html
 */
export const DATABASE_NAME = { pattern: /^[^ /.$"]{1,63}$/, words: '1 to 63 characters other than blanks, slashes, periods, dollar signs and double quotes' };
export const COLLECTION_NAME = {
  pattern: /^(?!system\.)[_a-zA-Z0-9][^$]{0,56}$/,
  words: "1 to 57 characters without dollar signs that begin with a letter, a digit or an underscore, and not with 'system.'",
};

/**
 * What Lambda asks of a cluster, of its parameters and of its subnets, by the kind of resource in the ARN.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
 */
export const CLUSTER_ACTIONS = {
  'cluster': 'rds:DescribeDBClusters',
  'cluster-pg': 'rds:DescribeDBClusterParameters',
  'subgrp': 'rds:DescribeDBSubnetGroups',
} as const;
