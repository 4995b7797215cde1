import { Duration, Names, Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { AsynchronousSourceOptions } from './asynchronous-options';
import { PushSourceBase } from './push-source-base';
import { secretRotationEvent } from './samples/secret-rotation';
import { keepFailedEvents } from '../../failure/failed-events';
import { ROTATION_ACTIONS, ROTATION_INTERVAL, ROTATION_KEY_ACTIONS, SECRET_ROTATION } from '../../limits/sources/secret-rotation';
import { SourceSemantics } from '../../limits/sources/source-semantics';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** When a secret is rotated. */
export interface SecretRotationSourceOptions extends AsynchronousSourceOptions {
  /**
   * Time from one rotation to the next: whole hours, from 4 hours to 1,000 days. `Duration.days(0)` rotates when it is asked for
   * only.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
   * @default Duration.days(30)
   */
  readonly automaticallyAfter?: Duration;

  /**
   * Rotate at once when the rotation is set up or changed, too. Otherwise the function is tried with the step `testSecret` then.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
   * @default true
   */
  readonly rotateImmediatelyOnUpdate?: boolean;
}

/** A secret that a function rotates. Made by `PushSource.secretRotation()`. */
export class SecretRotationPushSource extends PushSourceBase {
  public readonly semantics: SourceSemantics = SECRET_ROTATION;

  /** @internal */
  constructor(private readonly secret: secretsmanager.ISecret, private readonly options: SecretRotationSourceOptions) {
    super();
    this.checkInterval();
  }

  /** Called by `addEventSource()`: has the function rotate the secret, permits Secrets Manager to invoke it, and the function to rotate. */
  public bind(target: lambda.IFunction): void {
    this.checkFirst(target);
    const { keepFailedEvents: keep = true, ...schedule } = this.options;
    if (keep) keepFailedEvents(target);
    const before = new Set(target.permissionsNode.children);
    const secret = this.seenFrom(target);
    const rotation = new secretsmanager.RotationSchedule(...this.place(target), { secret, rotationLambda: target, ...schedule });
    if (!target.permissionsNode.defaultChild) this.wireImported(target, rotation);
    target.permissionsNode.children.filter((child) => !before.has(child)).forEach((child) => confine(child, target));
    this.permitKey(target);
  }

  /** @internal */
  protected _sampleEvent(): object {
    return isKnown(this.secret.secretArn) ? secretRotationEvent(this.secret.secretArn) : secretRotationEvent();
  }

  /**
   * The place that `secret.addRotationSchedule('Rotation')` gives. For a function of another stack it is that of the function: the
   * schedule waits for the permission, and the function may have to know the secret.
   */
  private place(target: lambda.IFunction): [Construct, string] {
    if (Stack.of(this.secret) === Stack.of(target)) return [this.secret as unknown as Construct, 'Rotation'];
    return [target as unknown as Construct, `${Names.nodeUniqueId(this.secret.node)}Rotation`];
  }

  /** Of another stack, the secret without its key: with it, the CDK would make the policy of the key name the function, and a circle. */
  private seenFrom(target: lambda.IFunction): secretsmanager.ISecret {
    if (Stack.of(this.secret) === Stack.of(target) || !this.secret.encryptionKey) return this.secret;
    this.secret.denyAccountRootDelete();
    const [scope, id] = this.place(target);
    return secretsmanager.Secret.fromSecretAttributes(scope, `${id}Secret`, { secretCompleteArn: this.secret.secretFullArn ?? this.secret.secretArn });
  }

  /** What the CDK does for functions of the app only. */
  private wireImported(target: lambda.IFunction, rotation: Construct): void {
    const id = `Rotates${Names.nodeUniqueId(this.secret.node)}`;
    target.addPermission(id, { principal: new iam.ServicePrincipal('secretsmanager.amazonaws.com'), sourceAccount: Stack.of(target).account });
    const permission = target.permissionsNode.tryFindChild(id);
    if (permission) rotation.node.addDependency(permission);
    const resources = [this.secret.secretFullArn ?? `${this.secret.secretArn}-??????`];
    target.addToRolePolicy(new iam.PolicyStatement({ actions: ROTATION_ACTIONS, resources }));
    target.addToRolePolicy(new iam.PolicyStatement({ actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] }));
  }

  /** The CDK writes into the policy of the key, which it cannot for one that is imported, and must not for one of another stack. */
  private permitKey(target: lambda.IFunction): void {
    const key = this.secret.encryptionKey;
    if (!key || (Resource.isOwnedResource(key) && Stack.of(this.secret) === Stack.of(target))) return;
    const conditions = { StringEquals: { 'kms:ViaService': `secretsmanager.${Stack.of(target).region}.amazonaws.com` } };
    target.addToRolePolicy(new iam.PolicyStatement({ actions: ROTATION_KEY_ACTIONS, resources: [key.keyArn], conditions }));
  }

  private checkInterval(): void {
    const { automaticallyAfter: interval } = this.options;
    if (interval === undefined || interval.isUnresolved()) return;
    const hours = interval.toMilliseconds() / 3_600_000;
    const { min, max } = ROTATION_INTERVAL;
    if (hours === 0 || (Number.isInteger(hours) && hours >= min && hours <= max)) return;
    throw mistake(this.secret, {
      code: 'RotationIntervalOutOfRange',
      property: 'automaticallyAfter',
      allowed: `0, or whole hours from ${min} to ${max} (1,000 days)`,
      got: `${hours} hours`,
      fix: 'leave it out for 30 days',
    });
  }

  private checkFirst(target: lambda.IFunction): void {
    const first = rotated.get(this.secret);
    if (first !== undefined) {
      throw mistake(this.secret, {
        code: 'SecretRotatedTwice',
        property: 'secret',
        allowed: 'rotated by one function',
        got: `${first} and ${target.node.path}`,
        fix: 'a secret has one rotation: give each function a secret of its own',
      });
    }
    rotated.set(this.secret, target.node.path);
  }
}

/** Who rotates the secrets: paths of functions. */
const rotated = new WeakMap<secretsmanager.ISecret, string>();

/** The CDK lets Secrets Manager in for secrets of any account. */
function confine(child: unknown, target: lambda.IFunction): void {
  if (!(child instanceof lambda.CfnPermission) || child.sourceArn !== undefined || child.sourceAccount !== undefined) return;
  child.sourceAccount = Stack.of(target).account;
}
