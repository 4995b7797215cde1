/** A file or folder that is published with the app and named by templates through its S3 object key. */
export interface Asset {
  /** Key of the object in the bootstrap bucket, as templates name it. */
  readonly objectKey: string;

  /** Where it came from, to be shown to people: a display name, or a file name. */
  readonly name: string;

  /** Bytes when unzipped, as Lambda counts them. Measured when first asked for. */
  unzipped(): Measurement;
}

/** Bytes, or why they could not be had. A file that cannot be read is never an error of the app. */
export type Measurement =
  | { readonly kind: 'measured'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly reason: string };
