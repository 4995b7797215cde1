import { environmentFits } from './environment-fits';
import { logGroupNameIsAllowed } from './log-group-name-is-allowed';
import { logLevelNeedsJson } from './log-level-needs-json';
import { mountTargetsComeFirst } from './mount-targets-come-first';
import { mountingFunctionIsInVpc } from './mounting-function-is-in-vpc';
import { namedResourcesAreInRegion } from './named-resources-are-in-region';
import { runtimeRunsOnInstances } from './runtime-runs-on-instances';
import { runtimeVersionFitsUpdates } from './runtime-version-fits-updates';
import { scalingHasCapacityProvider } from './scaling-has-capacity-provider';
import { subnetsAndGroupsShareVpc } from './subnets-and-groups-share-vpc';
import { vpcHasSubnetsAndGroups } from './vpc-has-subnets-and-groups';
import { vpcIsNotDedicated } from './vpc-is-not-dedicated';
import { Rule } from '../rule';

/** The rules about a function's own settings, in the order of the documentation. */
export const SETTINGS_RULES: readonly Rule[] = [
  environmentFits,
  vpcHasSubnetsAndGroups,
  subnetsAndGroupsShareVpc,
  vpcIsNotDedicated,
  mountingFunctionIsInVpc,
  mountTargetsComeFirst,
  logLevelNeedsJson,
  logGroupNameIsAllowed,
  runtimeVersionFitsUpdates,
  runtimeRunsOnInstances,
  scalingHasCapacityProvider,
  namedResourcesAreInRegion,
];
