import { Contents } from '../contents/contents';

/** A file or folder that is published with the app and named by templates through its S3 object key. */
export interface Asset {
  /** Key of the object in the bootstrap bucket, as templates name it. */
  readonly objectKey: string;

  /** Where it came from, to be shown to people: a display name, or a file name. */
  readonly name: string;

  /** What is in it. Opened when first asked for. A file that cannot be read is never an error of the app. */
  contents(): Contents;
}

/** A container image that is built and pushed with the app and named by templates through its tag. */
export interface ImageAsset {
  readonly tag: string;

  /** Where it came from, to be shown to people: a display name, or the name of its folder. */
  readonly name: string;

  /** Who builds it: Docker, from a folder, or a command, of which nothing is known. */
  readonly builder: 'docker' | 'command';

  /** Platforms that it is built for, e.g. `linux/arm64`; without, that of the machine that builds it. */
  readonly platform?: string;
}
