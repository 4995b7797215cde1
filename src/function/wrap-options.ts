import { LiveAliasOptions } from './live-alias-options';

/** Options of a live alias around a function that is there already. */
export interface WrapOptions extends LiveAliasOptions {}
