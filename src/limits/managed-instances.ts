/**
 * The first version of each runtime that runs on Lambda Managed Instances.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-runtimes.html
 */
export const FIRST_ON_INSTANCES: Readonly<Record<string, number>> = { nodejs: 22, python: 3.13, java: 21, dotnet: 8 };
