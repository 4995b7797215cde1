import { namesIn } from './arns';
import { Resources, WiredApp } from './wired-app';
import { Stack } from '../../../src/model/stack';
import { Json, JsonObject } from '../../../src/model/template';

/**
 * - `deleted`: a statement, a part of it, or the resource that carries it, is gone.
 * - `retargeted`: it is about something else: another function, service, action, source, account or Region.
 * - `narrowed`: it has a condition more, which what is asked for does not fulfil.
 * - `widened`: it is for more than it was.
 * - `denied`: what was allowed is denied.
 */
export type Kind = 'deleted' | 'retargeted' | 'narrowed' | 'widened' | 'denied';

export type Topic = 'who may invoke' | 'what a role may do' | 'who may assume a role';

/** One statement as it was, and what it was for. */
export interface Origin {
  readonly topic: Topic;
  /** The resource that carries it. */
  readonly carrier: string;
  /** The statement, or the properties of the permission. */
  readonly statement: JsonObject;
  /** The functions that may be invoked, or that have the role; the resources that make a service call with it. */
  readonly owners: readonly string[];
}

/** One way to get a statement wrong. */
export interface Change {
  readonly kind: Kind;
  readonly how: string;
  /** The part that is changed, where a statement has several of the kind: one ARN of a list. */
  readonly part?: Json;
  apply(resources: Resources): void;
}

/** An app with one statement that is wrong. */
export interface Mutant extends Origin, Omit<Change, 'apply'> {
  readonly app: WiredApp;
  resources(): Resources;
}

/** What changes are made of. */
export interface Around {
  readonly resources: Resources;
  readonly stack: Stack;
  /** The roles that functions have and services call with, and who that is. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

export type Changes = readonly (readonly [Origin, Change])[];

/** The functions that a value names, be it by their aliases. */
export function functionsNamed(json: unknown, resources: Resources): string[] {
  return namesIn(json).flatMap((id) => {
    switch (resources[id]?.Type) {
      case 'AWS::Lambda::Function': return [id];
      case 'AWS::Lambda::Alias': return functionsNamed(resources[id].Properties.FunctionName, resources);
      default: return [];
    }
  });
}

/** What a statement about a function or its alias may be about in its place. */
export interface OtherTarget {
  readonly how: string;
  /** Logical id; what is not there is added. */
  name(resources: Resources): string;
}

/** A list with other entries in the place of one. */
export function replaced<T>(list: readonly T[], index: number, others: readonly T[]): T[] {
  return [...list.slice(0, index), ...others, ...list.slice(index + 1)];
}
