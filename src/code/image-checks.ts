import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { IMAGE_CONFIG_ENTRIES, WORKING_DIRECTORY } from '../limits/image-config';
import { mistake } from '../support/errors';

/** Whether the code of a function is a container image. */
export function isImage({ runtime }: Pick<lambda.FunctionProps, 'runtime'>): boolean {
  return runtime === lambda.Runtime.FROM_IMAGE;
}

/**
 * Refuses what only functions of zip archives can have. Lambda Insights is not among it: for an image the CDK adds no
 * layer, only what the role needs, and the image brings the extension.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Lambda-Insights-Getting-Started-docker.html
 */
export function checkImageOptions(scope: IConstruct, props: lambda.FunctionOptions): void {
  if (props.layers && props.layers.length > 0) throw layersOnImage(scope, 'layers', props.layers.map(({ node }) => node.id));
  if (props.adotInstrumentation) throw layersOnImage(scope, 'adotInstrumentation', ['the layer of ADOT']);
  if (props.paramsAndSecrets) throw layersOnImage(scope, 'paramsAndSecrets', ['the layer of Parameters and Secrets']);
  if (!props.codeSigningConfig) return;
  throw mistake(scope, {
    code: 'CodeSigningOnImage',
    property: 'codeSigningConfig',
    allowed: 'left out for a container image',
    got: 'a code signing configuration',
    fix: 'Lambda checks signatures of zip archives only; sign the image in Amazon ECR, or deploy a zip archive',
  });
}

/** The error for layers on a container image, which Lambda refuses whatever brings them along. */
export function layersOnImage(scope: IConstruct, property: string, got: readonly string[]): Error {
  return mistake(scope, {
    code: 'LayersOnImage',
    property,
    allowed: 'left out for a container image, which can have no layers',
    got: got.join(', '),
    fix: 'copy what is in the layer into the image: `COPY --from=layer /opt/ /opt/` in its Dockerfile',
  });
}

/** Refuses settings of an image that Lambda refuses. They are known when the function is made. */
export function checkImageConfig(scope: IConstruct, fn: lambda.Function): void {
  const { imageConfig } = fn.node.defaultChild as lambda.CfnFunction;
  if (imageConfig === undefined || Token.isUnresolved(imageConfig)) return;
  const { command, entryPoint, workingDirectory } = imageConfig as lambda.CfnFunction.ImageConfigProperty;
  checkEntries(scope, 'cmd', command);
  checkEntries(scope, 'entrypoint', entryPoint);
  if (workingDirectory === undefined || Token.isUnresolved(workingDirectory) || workingDirectory.length <= WORKING_DIRECTORY.max) return;
  throw mistake(scope, {
    code: 'WorkingDirectoryTooLong',
    property: 'workingDirectory',
    allowed: `at most ${WORKING_DIRECTORY.max} ${WORKING_DIRECTORY.unit}`,
    got: `${workingDirectory.length}`,
    fix: 'set it in the Dockerfile: `WORKDIR`',
  });
}

function checkEntries(scope: IConstruct, property: string, entries?: string[]): void {
  if (entries === undefined || Token.isUnresolved(entries) || entries.length <= IMAGE_CONFIG_ENTRIES.max) return;
  throw mistake(scope, {
    code: 'TooManyImageConfigEntries',
    property,
    allowed: `at most ${IMAGE_CONFIG_ENTRIES.max} ${IMAGE_CONFIG_ENTRIES.unit}`,
    got: entries.length,
    fix: `set it in the Dockerfile: \`${property === 'cmd' ? 'CMD' : 'ENTRYPOINT'}\``,
  });
}
