import { SourceBase } from '../source-base';

/** A source that Lambda polls for a function. Made by the factories of `PullSource`. */
export abstract class PullSourceBase extends SourceBase {}
