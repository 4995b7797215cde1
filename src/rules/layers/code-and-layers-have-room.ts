import { fn, layer } from './examples';
import { count, sizeInWords } from './package-size';
import { MAX_UNZIPPED_BYTES } from '../../limits/packaging';
import { functionPackages } from '../../model/function-package';
import { knownBytes } from '../../model/package-parts';
import { Rule } from '../rule';

const FULL = 0.9;

/** What is over the limit is the matter of code-and-layers-fit. */
export const codeAndLayersHaveRoom: Rule = {
  id: 'code-and-layers-have-room',
  title: 'Code and layers leave room below the 250 MB that Lambda unzips',
  severity: 'warning',
  why: 'the next release of a dependency, or a layer that AWS itself makes larger, can make the deployment fail',
  fix: 'leave out what the function does not load (dev dependencies, other platforms, tests), or deploy a container image, which may have 10 GB',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  since: '0.1.0',

  valid: [
    { title: 'less than nine tenths', resources: { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip') }, assets: { 'code.zip': 200_000_000, 'common.zip': 35_929_599 } },
    { title: 'a layer that a parameter names has an unknown size', resources: { Orders: fn([{ Ref: 'Layer' }]) }, assets: { 'code.zip': 200_000_000 } },
  ],
  invalid: [
    { title: 'nine tenths are full', at: 'Orders/Properties/Layers', resources: { Orders: fn([{ Ref: 'Common' }]), Common: layer('common.zip') }, assets: { 'code.zip': 200_000_000, 'common.zip': 35_929_600 } },
    { title: 'one layer alone nearly fills it', at: 'Orders/Properties/Layers', resources: { Orders: fn([{ Ref: 'Cli' }]), Cli: layer('cli.zip') }, assets: { 'code.zip': 1000, 'cli.zip': { 'awscli/data.json': { bytes: 200_000_000 }, 'awscli/bin/aws': { bytes: 47_000_000 } } } },
    { title: 'exactly the limit', at: 'Orders/Properties/Code', resources: { Orders: fn([]) }, assets: { 'code.zip': 262_144_000 } },
  ],

  * check(app) {
    for (const { fn: resource, parts } of functionPackages(app)) {
      const bytes = knownBytes(parts);
      if (bytes > MAX_UNZIPPED_BYTES || bytes < MAX_UNZIPPED_BYTES * FULL) continue;
      yield {
        resource,
        path: parts.length > 1 ? 'Properties/Layers' : 'Properties/Code',
        message: sizeInWords(parts, `${count(bytes)} (${Math.round(bytes / MAX_UNZIPPED_BYTES * 100)} %)`),
      };
    }
  },
};
