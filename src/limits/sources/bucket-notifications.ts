/** Which keys a notification of Amazon S3 is for. What is left out stands for all keys. */
export interface KeyFilter {
  readonly prefix?: string;
  readonly suffix?: string;
}

/** A notification: events, and the keys that it is for. */
export interface Notification {
  readonly events: readonly string[];
  readonly filter: KeyFilter;
}

/**
 * Whether Amazon S3 refuses two notifications of one bucket, wherever they go: those that share an event, and a key could match both.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function notificationsOverlap(one: Notification, other: Notification): boolean {
  return filtersOverlap(one.filter, other.filter) && one.events.some((event) => other.events.some((another) => eventsOverlap(event, another)));
}

/**
 * Two prefixes overlap if a text can begin with both, two suffixes if a text can end with both, and filters overlap if both do. That
 * is so if and only if there is a key that matches both filters: the longer prefix, and the longer suffix behind it.
 */
export function filtersOverlap(one: KeyFilter, other: KeyFilter): boolean {
  const [prefix, suffix] = [one.prefix ?? '', one.suffix ?? ''];
  const [otherPrefix, otherSuffix] = [other.prefix ?? '', other.suffix ?? ''];
  const isPrefix = prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix);
  return isPrefix && (suffix.endsWith(otherSuffix) || otherSuffix.endsWith(suffix));
}

/** `s3:ObjectCreated:*` stands for all events whose names begin so. */
export function eventsOverlap(one: string, other: string): boolean {
  const covers = (wide: string, narrow: string) => wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1));
  return one === other || covers(one, other) || covers(other, one);
}

/** `s3:ObjectCreated:*, for keys that begin with "images/" and end with ".jpg"`. */
export function notificationInWords({ events, filter }: Notification): string {
  const prefix = filter.prefix ? [`begin with ${JSON.stringify(filter.prefix)}`] : [];
  const suffix = filter.suffix ? [`end with ${JSON.stringify(filter.suffix)}`] : [];
  const parts = [...prefix, ...suffix];
  return `${events.join(', ')} for ${parts.length === 0 ? 'all keys' : `keys that ${parts.join(' and ')}`}`;
}
