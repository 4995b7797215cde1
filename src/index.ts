export * from './events/pull/pull-source';
export * from './events/pull/queue';
export * from './events/push/bucket';
export * from './events/push/push-source';
export * from './function/event-function';
export * from './function/event-function-base';
export * from './plugin/lambda-rules';
export * from './role/execution-role';
