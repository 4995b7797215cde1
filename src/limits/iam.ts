/**
 * Sizes of policies in characters, white space aside.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */

/** All inline policies of a role together. */
export const MAX_INLINE_POLICIES = 10_240;

/** One managed policy. */
export const MAX_MANAGED_POLICY = 6_144;

/** The trust policy of a role, in an account that asked for no more. */
export const DEFAULT_TRUST_POLICY = 2_048;

/** The trust policy of a role, in an account that asked for as much as there is. */
export const MAX_TRUST_POLICY = 8_192;

/**
 * Keys of conditions that say which roles may be passed, or to whom: `iam:PassedToService`, `aws:ResourceTag/team`.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const PASS_ROLE_KEYS = /^(iam:|aws:resource)/i;
