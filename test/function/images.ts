import * as fs from 'fs';
import * as path from 'path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** A folder with a Dockerfile. Nothing is built at synthesis. */
export const IMAGE = path.join(__dirname, '../fixtures/image');

/** An image that is built with the app. */
export function built(props?: lambda.AssetImageCodeProps): lambda.DockerImageCode {
  return lambda.DockerImageCode.fromImageAsset(IMAGE, props);
}

/** An image that somebody else pushed into a repository. */
export function pushed(stack: Stack, tagOrDigest?: string, id = 'Repository'): lambda.DockerImageCode {
  return lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, id, 'shop/orders'), { tagOrDigest });
}

/** The images that are built with a stack: their hash and what they are built for. */
export function imagesOf(stack: Stack): { readonly hash: string; readonly platform?: string }[] {
  const { outdir } = stack.node.root as App;
  const { stackName } = Stage.of(stack)!.synth().getStackByName(stack.stackName);
  const { dockerImages } = JSON.parse(fs.readFileSync(path.join(outdir, `${stackName}.assets.json`), 'utf8'));
  return Object.entries<{ source: { platform?: string } }>(dockerImages).map(([hash, { source }]) => ({ hash, platform: source.platform }));
}
