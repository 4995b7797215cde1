import { Resource } from './resource';
import { Stack } from './stack';
import { SaidQuota, TemplateSource } from './template';

/** A whole app as rules and reports see it: every stack, nested ones included, with references resolved across them. */
export class AppModel {
  public readonly stacks: readonly Stack[];

  private readonly byType = new Map<string, Resource[]>();

  constructor(
    sources: readonly TemplateSource[],
    /** Concurrency quotas of accounts, as far as the app says what they are. */
    public readonly quotas: readonly SaidQuota[] = [],
  ) {
    const stacks: Stack[] = [];
    const add = (source: TemplateSource, parent?: Resource) => {
      const stack = new Stack(this, source, parent);
      stacks.push(stack);
      for (const { logicalId, source: nested } of source.nested) add(nested, stack.resource(logicalId));
    };
    sources.forEach((source) => add(source));
    this.stacks = stacks;
    for (const stack of stacks) for (const resource of stack.resources) this.index(resource);
  }

  /** All resources of a type, in the order of the templates. */
  public ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  /** The stack that CloudFormation knows by this name, if one and only one in this app has it. */
  public stackNamed(name: string, region?: string): Stack | undefined {
    const found = this.stacks.filter((stack) => stack.name === name && (region === undefined || stack.region === region));
    return found.length === 1 ? found[0] : undefined;
  }

  /** The stack beside this one, in the same account and Region, whose output has this export name. */
  public exporter(exportName: string, from: Stack): Stack | undefined {
    const beside = this.stacks.filter(({ account, region }) => account === from.account && region === from.region);
    const found = beside.filter((stack) => stack.exports(exportName) !== undefined);
    return found.length === 1 ? found[0] : undefined;
  }

  private index(resource: Resource): void {
    const list = this.byType.get(resource.type);
    if (list) list.push(resource);
    else this.byType.set(resource.type, [resource]);
  }
}
