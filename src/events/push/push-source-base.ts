import { SourceBase } from '../source-base';

/** A service that invokes a function. Made by the factories of `PushSource`. */
export abstract class PushSourceBase extends SourceBase {}
