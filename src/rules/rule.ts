import { Contents } from '../contents/contents';
import { AppModel } from '../model/app';
import { ImageAsset } from '../model/asset';
import type { Resource } from '../model/resource';
import { Json, JsonObject } from '../model/template';

/**
 * How bad it is when a rule is broken.
 *
 * - `fatal`: AWS refuses the deployment. Cannot be acknowledged.
 * - `error`: it loses data, opens access or surely misbehaves.
 * - `warning`: it costs money or sleep.
 */
export type Severity = 'fatal' | 'error' | 'warning';

/** What a rule found. */
export interface Finding {
  readonly resource: Resource;
  /** Path of the property within the resource, e.g. `Properties/Layers`. */
  readonly path: string;
  /** What must be, and what is: lower case, no final period. */
  readonly message: string;
}

/** A template in which the rule finds nothing, or one thing. */
export interface Example {
  readonly title: string;
  readonly resources: JsonObject;
  /**
   * Assets by the object key that the template names: their unzipped bytes, the files in them, or all about them; container
   * images by their tag.
   */
  readonly assets?: Readonly<Record<string, ExampleAsset>>;
  /** Region of the stack, where the app fixes it. */
  readonly region?: string;
  /** Parameters of the template. */
  readonly parameters?: JsonObject;
  /** Construct paths by logical id, as a CDK app records them. */
  readonly constructPaths?: Readonly<Record<string, string>>;
  /** What the context says of the concurrency quota of the stack's account; several, where stages say different things. */
  readonly quotas?: readonly Json[];
}

export type ExampleAsset = number | ExampleFiles | Contents | ExampleImage;

/** A container image that is built with the app. */
export interface ExampleImage {
  readonly kind: 'image';

  /** @default - that of the machine that builds it */
  readonly platform?: string;

  /** @default 'docker' */
  readonly builder?: ImageAsset['builder'];
}

/** Files of a package by path: what is in them, or more. */
export type ExampleFiles = { readonly [path: string]: string | ExampleFile } & { readonly kind?: undefined };

export interface ExampleFile {
  /** What is in it: a text, or bytes. */
  readonly content?: string | Uint8Array;

  /** @default - those of the content */
  readonly bytes?: number;

  /** Permission bits: 0o644 by default. */
  readonly mode?: number;

  /** For an archive, the files in it. */
  readonly files?: ExampleFiles;
}

/** An example in which the rule finds exactly one thing. */
export interface InvalidExample extends Example {
  /** Where: logical id and property, e.g. `Orders/Properties/Layers`. */
  readonly at: string;
}

/** A rule: everything about it in one object, and one object per file. */
export interface Rule {
  /** Kebab-case, names the good state. Never reused for another rule. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What happens when the rule is broken. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** Where AWS says so. */
  readonly source: string;
  /** What AWS answers where it refuses, word for word, for people who search for it. */
  readonly answers?: readonly string[];
  /** The release that brought the rule. */
  readonly since: string;
  readonly valid: readonly Example[];
  readonly invalid: readonly InvalidExample[];
  check(app: AppModel): Iterable<Finding>;
}
