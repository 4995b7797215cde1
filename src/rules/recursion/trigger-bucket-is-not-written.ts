import { bucket, BUS, mapping, mayDo, objects, rule } from './examples';
import { ownWritesTo } from './words';
import { JsonObject } from '../../model/template';
import { allow, arnOf, fn, QUEUE, role } from '../role/examples';
import { Rule } from '../rule';

const WRITE = ['s3:PutObject', 's3:DeleteObject*', 's3:Abort*'];
const AT = 'Orders/Properties/Role';
const DENIED = role([allow(WRITE, objects()), { Effect: 'Deny', Action: 's3:PutObject', Resource: objects('in/*') }]);

/** A bucket whose notifications are configured by the resource of the CDK. */
function configured(keys: string): JsonObject {
  const notification = { Events: ['s3:ObjectCreated:Put'], LambdaFunctionArn: arnOf('Orders'), Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: keys }] } } };
  return { Type: 'Custom::S3BucketNotifications', Properties: { BucketName: { Ref: 'Inbox' }, NotificationConfiguration: { LambdaFunctionConfigurations: [notification] } } };
}

/** A rule of EventBridge for objects of the bucket. */
function created(key: JsonObject): JsonObject {
  const pattern = { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [{ Ref: 'Inbox' }] }, object: { key: [key] } } };
  return rule(pattern, { EventBusName: 'default' });
}

const PLAIN: JsonObject = { Type: 'AWS::S3::Bucket' };
const TO_QUEUE: JsonObject = { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: arnOf('Returns') }] } } };

export const triggerBucketIsNotWritten: Rule = {
  id: 'trigger-bucket-is-not-written',
  title: 'Functions may not write the objects that invoke them',
  severity: 'warning',
  why: 'an object that the function writes where it reads invokes it again: each invocation makes the next one, until Lambda notices the loop after some 16 rounds, if the code has an SDK that it can follow, and else without an end',
  fix: 'let the function read and write in different places and grant it no more (`bucket.grantRead(fn)` and `bucket.grantPut(fn, \'out/*\')`, with a notification for `{ prefix: \'in/\' }`), or set `recursiveLoop: RecursiveLoop.ALLOW` if the loop is meant',
  source: 'https://docs.aws.amazon.com/lambda/latest/operatorguide/recursive-runaway.html',
  since: '0.1.0',

  valid: [
    { title: 'a role that may only read', resources: { ...mayDo(['s3:GetObject*', 's3:List*'], objects()), Inbox: bucket() } },
    { title: 'what is written begins otherwise', resources: { ...mayDo(WRITE, objects('out/*')), Inbox: bucket({ prefix: 'in/' }) } },
    { title: 'what is written ends otherwise', resources: { ...mayDo(WRITE, objects('*.json')), Inbox: bucket({ suffix: '.csv' }) } },
    { title: 'a prefix that a parameter names', resources: { ...mayDo(WRITE, objects('out/*')), Inbox: bucket({ prefix: { Ref: 'Prefix' } }) } },
    { title: 'a statement that denies it', resources: { Orders: fn(), OrdersRole: DENIED, Inbox: bucket({ prefix: 'in/' }) } },
    { title: 'another bucket', resources: { ...mayDo(WRITE, { 'Fn::Join': ['', [arnOf('Outbox'), '/*']] }), Inbox: bucket(), Outbox: PLAIN } },
    { title: 'a notification of what is deleted', resources: { ...mayDo(WRITE, objects()), Inbox: bucket({}, 's3:ObjectRemoved:*') } },
    { title: 'a loop that is meant', resources: { ...mayDo(WRITE, objects(), { RecursiveLoop: 'Allow' }), Inbox: bucket() } },
    { title: 'a statement with a condition', resources: { Orders: fn(), OrdersRole: role([allow(WRITE, objects(), { Condition: { StringEquals: { 's3:RequestObjectTag/by': 'people' } } })]), Inbox: bucket() } },
    { title: 'an administrator', resources: { ...mayDo('*', '*'), Inbox: bucket() } },
    { title: 'events of EventBridge for other keys', resources: { ...mayDo(WRITE, objects('out/*')), Inbox: PLAIN, OnCreated: created({ prefix: 'in/' }) } },
    { title: 'events of EventBridge of which more is asked', resources: { ...mayDo(WRITE, objects()), Inbox: PLAIN, Shop: BUS, OnCreated: rule({ source: ['aws.s3'], detail: { bucket: { name: [{ Ref: 'Inbox' }] }, reason: ['CopyObject'] } }, { EventBusName: 'default' }) } },
  ],
  invalid: [
    { title: 'a grant for the whole bucket', at: AT, resources: { ...mayDo(WRITE, objects()), Inbox: bucket() } },
    { title: 'a grant for the whole bucket, of which a part invokes', at: AT, resources: { ...mayDo(WRITE, objects()), Inbox: bucket({ prefix: 'in/', suffix: '.csv' }) } },
    { title: 'a grant for a part of what invokes', at: AT, resources: { ...mayDo(WRITE, objects('in/done/*')), Inbox: bucket({ prefix: 'in/' }) } },
    { title: 'a grant for all buckets', at: AT, resources: { ...mayDo('s3:*', '*'), Inbox: bucket({ prefix: 'in/' }) } },
    { title: 'notifications that a custom resource configures', at: AT, resources: { ...mayDo(WRITE, objects('in/*')), Inbox: PLAIN, Notifications: configured('in/') } },
    { title: 'a bucket that tells a queue', at: AT, resources: { ...mayDo(WRITE, objects()), Inbox: TO_QUEUE, Returns: QUEUE, Mapping: mapping(arnOf('Returns')) } },
    { title: 'events of EventBridge for the same keys', at: AT, resources: { ...mayDo(WRITE, objects()), Inbox: PLAIN, OnCreated: created({ suffix: '.csv' }) } },
  ],

  check: (app) => ownWritesTo(app, 'bucket'),
};
