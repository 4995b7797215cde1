import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ReleaseAlarms } from './release-options';
import { ReleaseTarget } from './release-target';
import { Range } from '../../limits/range';
import { checkWholeNumber } from '../../support/checks';
import { mistake } from '../../support/errors';

/** 0 stands for no alarm. */
const THRESHOLD: Range = {
  min: 0,
  max: Infinity,
  unit: 'invocations',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
};

const period = Duration.minutes(1);

/** The alarms on an alias. They name the function and the alias, never a version, which would change them with each release. */
export function makeAlarms(within: Construct, target: ReleaseTarget, options: ReleaseAlarms): cloudwatch.Alarm[] {
  const { errors = 1, throttles = 1, duration } = options;
  checkAlarms(target, { errors, throttles, duration });
  const { alias } = target;
  return [
    ...errors === 0 ? [] : [alarm(within, 'Errors', alias.metricErrors({ period, statistic: 'Sum' }), errors)],
    ...throttles === 0 ? [] : [alarm(within, 'Throttles', alias.metricThrottles({ period, statistic: 'Sum' }), throttles)],
    ...duration === undefined ? [] : [alarm(within, 'Duration', alias.metricDuration({ period, statistic: 'p99' }), duration.toMilliseconds())],
  ];
}

function alarm(scope: Construct, id: string, metric: cloudwatch.Metric, threshold: number): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, id, {
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

function checkAlarms({ scope, fn }: ReleaseTarget, { errors, throttles, duration }: ReleaseAlarms): void {
  const fix = '1 rings at the first one within a minute, 0 leaves the alarm out';
  checkWholeNumber(scope, errors, THRESHOLD, { code: 'ReleaseAlarmOutOfRange', property: 'release.defaultAlarms.errors', fix });
  checkWholeNumber(scope, throttles, THRESHOLD, { code: 'ReleaseAlarmOutOfRange', property: 'release.defaultAlarms.throttles', fix });
  if (duration === undefined || duration.isUnresolved()) return;
  const timeout = fn.timeout ?? Duration.seconds(3); // the service's default
  const max = timeout.isUnresolved() ? Infinity : timeout.toMilliseconds();
  const got = duration.toMilliseconds();
  if (got > 0 && got <= max) return;
  throw mistake(scope, {
    code: 'ReleaseAlarmNeverRings',
    property: 'release.defaultAlarms.duration',
    allowed: `more than 0${max === Infinity ? '' : ` and at most ${max}`} milliseconds, the timeout of the function`,
    got,
    fix: 'choose a duration that only a slow function takes',
  });
}
