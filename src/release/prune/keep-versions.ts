import { IConstruct } from 'constructs';
import { Range } from '../../limits/range';
import { checkWholeNumber } from '../../support/checks';

/**
 * How many versions may be kept. The version that is deployed and the one that a failed deployment goes back to are the least;
 * the most is ours, Lambda knows none: reading the list of versions takes a call for each 50 of them.
 */
const KEPT_VERSIONS: Range = {
  min: 2,
  max: 1_000,
  unit: 'versions',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html',
};

/** Refuses what would leave nothing to go back to. A token is checked when it is known: by the handler, which then deletes nothing. */
export function checkKeepVersions(scope: IConstruct, keepVersions?: number): void {
  checkWholeNumber(scope, keepVersions, KEPT_VERSIONS, {
    code: 'KeepVersionsOutOfRange',
    property: 'keepVersions',
    fix: 'a failed deployment goes back to the version before, so two are the least; leave it out to keep all',
  });
}
