import * as crypto from 'crypto';
import { Aspects, Names, Stack, Stage } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { bundleAll } from './bundle-all';
import { Request } from './request';
import { isStaged, stageBundle, StagedBundle } from './staging';

/** The batches of all apps. */
const batches = new WeakMap<IConstruct, Batch>();

/**
 * The functions of an app whose code is to be bundled. They wait until the app is synthesized, or until the code of one of
 * them is asked for earlier; then all of them are bundled.
 */
export class Batch {
  public static of(scope: IConstruct): Batch {
    const root = scope.node.root;
    const batch = batches.get(root) ?? new Batch();
    batches.set(root, batch);
    return batch;
  }

  private waiting: Request[] = [];

  private readonly stages = new Set<Construct>();

  private readonly done = new Map<Request, StagedBundle>();

  public add(request: Request): void {
    this.waiting.push(request);
    const stage = Stage.of(request.scope);
    if (stage) this.bundleWithAspects(stage);
  }

  /** The bundle of a request that was added; bundles all that wait if it is one of them. */
  public bundleOf(request: Request): StagedBundle {
    if (!this.done.has(request)) this.bundleWaiting();
    return this.done.get(request)!;
  }

  /**
   * Bundles with the first aspects of a synthesis. It would be done when the code is resolved, too, but there the CDK puts
   * 'Resolution error' before every error, as often as values are nested, and its own minified source.
   */
  private bundleWithAspects(stage: Stage): void {
    if (this.stages.has(stage)) return;
    this.stages.add(stage);
    Aspects.of(stage).add({ visit: (construct) => construct === stage && this.bundleWaiting() });
  }

  private bundleWaiting(): void {
    if (this.waiting.length === 0) return;
    // `cdk list`, and `cdk deploy` of other stacks, need no code of this one.
    const wanted = this.waiting.filter(({ scope }) => Stack.of(scope).bundlingRequired);
    for (const [request, bundle] of bundleAll(wanted, isStaged)) this.done.set(request, stageBundle(request, bundle));
    for (const request of this.waiting) if (!this.done.has(request)) this.done.set(request, withoutBundle(request));
    this.waiting = [];
  }
}

/** What stands for a bundle that is not needed: the sources, by a hash of their own, as the CDK has it. */
function withoutBundle({ scope, projectRoot }: Request): StagedBundle {
  return { folder: projectRoot, hash: crypto.createHash('sha256').update(Names.uniqueId(scope)).digest('hex') };
}
