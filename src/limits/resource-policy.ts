/**
 * Bytes of the resource policy of a function, of each version and of each alias.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_RESOURCE_POLICY_BYTES = 20_480;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const ACCOUNT_ID = /^\d{12}$/;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const EVENT_SOURCE_TOKEN = /^[a-zA-Z0-9._-]{1,256}$/;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const ACTION = /^(lambda:\*|lambda:[a-zA-Z]+|\*)$/;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const ARN = /^arn:[a-z*?-]+:[a-zA-Z0-9*?-]+:[a-z0-9*?-]*:(\d{12}|\*|[a-z0-9*?-]*):.+$/;

/**
 * ARN of an account, a role, a user or a session.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const IDENTITY_ARN = /^arn:[a-z-]+:(iam|sts)::(\d{12}|aws|):(root|[a-z-]+\/.+)$/;
