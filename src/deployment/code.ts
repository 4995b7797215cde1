import { Fn, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { arnIn } from './names';
import { asText } from '../support/as-text';

/** The code of a function as its resource names it, resolved. */
interface Code {
  readonly s3Bucket?: unknown;
  readonly s3Key?: unknown;
  readonly s3ObjectVersion?: unknown;
  readonly imageUri?: unknown;
}

/** What it takes to hand Lambda the code: Lambda fetches it with the rights of the deployer. */
export function codePermissions(cfnFunction: lambda.CfnFunction): iam.PolicyStatement[] {
  const stack = Stack.of(cfnFunction);
  const code: Code = stack.resolve(cfnFunction.code) ?? {};
  if (code.s3Bucket !== undefined) return [readObject(code, stack)];
  return code.imageUri === undefined ? [] : [readImage(code.imageUri, stack)];
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html */
function readObject({ s3Bucket, s3Key, s3ObjectVersion }: Code, stack: Stack): iam.PolicyStatement {
  const arn = `arn:${stack.partition}:s3:::${Token.asString(s3Bucket)}/${Token.asString(s3Key)}`;
  return new iam.PolicyStatement({
    actions: ['s3:GetObject', ...s3ObjectVersion === undefined ? [] : ['s3:GetObjectVersion']],
    resources: [arnIn(stack, arn, `arn:${stack.partition}:s3:::*/*`)],
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#configuration-images-permissions */
function readImage(imageUri: unknown, stack: Stack): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:GetRepositoryPolicy', 'ecr:SetRepositoryPolicy'],
    resources: [repositoryArn(String(asText(imageUri, stack)), stack)],
  });
}

/** The repository of `<account>.dkr.ecr.<Region>.<suffix>/<repository>:<tag>`, which may be one of another account. */
function repositoryArn(imageUri: string, stack: Stack): string {
  const [, account] = imageUri.match(/^(\d{12})\.dkr\.ecr\./) ?? [];
  return stack.formatArn({ service: 'ecr', account, resource: 'repository', resourceName: repositoryOf(imageUri) });
}

/** `<registry>/<repository>:<tag>` or `@<digest>`; `*` where the repository is another resource of the app. */
function repositoryOf(imageUri: string): string {
  const [, repository = '*'] = imageUri.match(/\/((?:\$\{AWS::\w+\}|[^:@$])+)(?:[:@]|$)/) ?? [];
  return repository.includes('${') ? Fn.sub(repository) : repository;
}
