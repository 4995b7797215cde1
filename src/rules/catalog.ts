import { codeAndLayersFit } from './layers/code-and-layers-fit';
import { Rule } from './rule';

/** All rules, in the order of their topics. */
export const CATALOG: readonly Rule[] = [
  codeAndLayersFit,
];
