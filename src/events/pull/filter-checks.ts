import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { FilteredSource, MAX_PATTERN_LENGTH, RECORD_KEYS } from '../../limits/event-filters';
import { MAX_FILTERS } from '../../limits/queue-mapping';
import { Branch, isBranches, readPatternText } from '../../measure/filters/pattern';
import { Fault } from '../../measure/filters/tests';
import { mistake } from '../../support/errors';
import { isKnown } from '../../support/tokens';

/** Where a filter is given: what it is called, and for which construct. */
export interface FilterPlace {
  readonly scope?: IConstruct;
  readonly property: string;
}

/** As the sources take them. */
type Filters = readonly { readonly [key: string]: any }[];

/** The filters of a mapping, and the key that they are encrypted with. */
interface EncryptedFilters {
  readonly filters?: Filters;
  readonly filterEncryption?: kms.IKey;
}

/** How a source speaks of its filters. */
export interface FilterWords {
  /** What a filter is for: a message, a record. */
  readonly record: string;
  readonly tooMany: string;
  readonly keyAlone: string;
}

/** Refuses more filters than there may be, and a key for none. */
export function checkFilters(scope: IConstruct | undefined, options: EncryptedFilters, { record, tooMany, keyAlone }: FilterWords): void {
  const { filters = [], filterEncryption } = options;
  if (filters.length > MAX_FILTERS) {
    throw mistake(scope, {
      code: tooMany,
      property: 'filters',
      allowed: `at most ${MAX_FILTERS} (5 without a quota increase)`,
      got: filters.length,
      fix: `a ${record} passes if any filter matches: merge patterns, or match more broadly and decide in the function`,
    });
  }
  if (filterEncryption && filters.length === 0) {
    throw mistake(scope, {
      code: keyAlone,
      property: 'filterEncryption',
      allowed: "left out when there are no 'filters'",
      got: filterEncryption.node.path,
      fix: 'it encrypts the filters and nothing else',
    });
  }
}

/** Refuses filters of a source that Lambda refuses, or that no record of this source passes. Tokens pass. */
export function checkFilterPatterns(scope: IConstruct | undefined, source: FilteredSource, filters: Filters = []): void {
  filters.forEach((filter, index) => {
    const pattern: unknown = filter?.pattern;
    const place = { scope, property: `filters[${index}]` };
    if (!isKnown(pattern)) {
      if (pattern !== undefined) return;
      throw mistake(scope, { code: 'FilterWithoutPattern', property: place.property, allowed: 'a filter', got: filter, fix: 'make it by EventFilter or by lambda.FilterCriteria.filter()' });
    }
    const branches = checkPattern(String(pattern), place);
    if (branches) checkKeys(branches, source, place);
  });
}

/** Refuses a pattern that Lambda refuses. What it asks for, if that is understood: Lambda may know operators that it does not list. */
export function checkPattern(pattern: string, { scope, property }: FilterPlace): readonly Branch[] | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    throw mistake(scope, {
      code: 'FilterPatternTooLong',
      property,
      allowed: `at most ${MAX_PATTERN_LENGTH} characters as JSON`,
      got: pattern.length,
      fix: 'split it into several filters: a record passes if any of them matches',
    });
  }
  const read = readPatternText(pattern);
  if (isBranches(read)) return read;
  if (read.kind === 'unknown') return undefined;
  throw invalid(read, { scope, property });
}

function invalid({ path, allowed, got }: Fault, { scope, property }: FilterPlace) {
  return mistake(scope, {
    code: 'FilterPatternInvalid',
    property: path === '' ? property : `${property}.${path}`,
    allowed,
    got,
    fix: "see 'Filter rule syntax' in https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html",
  });
}

function checkKeys(branches: readonly Branch[], source: FilteredSource, { scope, property }: FilterPlace): void {
  const keys = RECORD_KEYS[source];
  for (const path of branches.flatMap((branch) => [...branch.keys()])) {
    const [key] = path.split('.');
    if (keys.includes(key)) continue;
    const fix = `what you sent is in '${keys[0]}': no record has '${key}', so that Lambda drops all of them`;
    throw mistake(scope, { code: 'FilterKeyUnknown', property, allowed: `a pattern of ${keys.map((name) => `'${name}'`).join(', ')}`, got: key, fix });
  }
}
