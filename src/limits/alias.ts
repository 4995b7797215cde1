/**
 * Name of an alias: 1 to 128 letters, digits, hyphens and underscores, not digits only.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
 */
export const ALIAS_NAME = /^(?!^[0-9]+$)[a-zA-Z0-9-_]{1,128}$/;
